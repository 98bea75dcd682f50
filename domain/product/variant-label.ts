/** Options as people read them, `M / red`; empty for a product of one form (Shopify calls that one "Default Title"). */
export function variantLabel(options: readonly string[]): string {
  return options.filter((option) => option !== "" && option !== "Default Title").join(" / ");
}
