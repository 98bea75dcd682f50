/** An e-mail address as it is compared: two spellings of one address are one. Null where the text is none. */
export function emailKey(text: string | null): string | null {
  if (text === null) return null;
  const key = text.normalize("NFKC").trim().toLowerCase();
  const at = key.lastIndexOf("@");
  return at > 0 && at < key.length - 1 && !/\s/.test(key) ? key : null;
}
