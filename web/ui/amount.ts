/** The amount that a person typed, with a comma or a point; null when there is none. */
export function amountOf(text: string): number | null {
  const amount = Number(
    text
      .replace(/[^\d.,]/g, "")
      .replace(/\.(?=\d{3}(\D|$))/g, "")
      .replace(",", "."),
  );
  return /\d/.test(text) && Number.isFinite(amount) ? amount : null;
}
