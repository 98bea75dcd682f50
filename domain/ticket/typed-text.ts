/**
 * Text as a person typed it, fit for the journal: half an emoji (a lone surrogate, left over where a field cut the text off) becomes U+FFFD.
 * Canonical JSON carries no such halves, and a sale must not fail on one.
 */
export function typedText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
