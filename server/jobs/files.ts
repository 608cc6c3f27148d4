const TYPES: Record<string, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  zip: "application/zip",
};

/** The headers under which a made file is given: to be kept, not shown, and by nobody on the way. */
export const fileHeaders = (fileName: string): Record<string, string> => ({
  "content-type": TYPES[fileName.split(".").at(-1) ?? ""] ?? "application/octet-stream",
  "content-disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  "cache-control": "private, no-store",
});
