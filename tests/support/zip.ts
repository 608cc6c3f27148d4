/** The names of a ZIP's entries, from its central directory (APPNOTE 4.3.12), as whoever unpacks it reads them. */
export function zipNames(bytes: Uint8Array): string[] {
  const zip = Buffer.from(bytes);
  const names: string[] = [];
  for (let at = zip.indexOf("PK\u0001\u0002"); at !== -1; at = zip.indexOf("PK\u0001\u0002", at + 46)) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString("utf8", at + 46, at + 46 + length));
  }
  return names;
}
