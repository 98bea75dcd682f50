/** The cents of an amount on the screen, in whatever language. */
export function cents(text: string | null): number {
  return Number((text ?? "").replace(/\D/g, ""));
}
