const HIDDEN = "…";

/** What may be a name, an address or a number of a person: whatever somebody wrote or scanned stands in quotation marks or is long. */
const PERSONAL: readonly RegExp[] = [
  /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g,
  /\S+@\S+/g,
  /\+?\d[\d ()/-]{4,}\d/g,
  /[A-Za-z0-9_-]{20,}/g,
];

/** An error's words without what may be about a person: what is in quotation marks, e-mail addresses, numbers of six digits and more, long codes. On one line. */
export function plainWords(text: string, maxChars: number): string {
  const plain = PERSONAL.reduce(
    (rest, personal) => rest.replace(personal, HIDDEN),
    text.replace(/\s+/g, " "),
  );
  return plain.trim().slice(0, maxChars);
}
