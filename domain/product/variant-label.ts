/** Options as people read them, `M / red`; empty for a product of one form (Shopify calls that one "Default Title"). */
export function variantLabel(options: readonly string[]): string {
  return options.filter((option) => option !== "" && option !== "Default Title").join(" / ");
}

/** Title and options in one, as a line of a basket is called. */
export function articleName({ title }: { readonly title: string }, options: readonly string[]): string {
  const label = variantLabel(options);
  return label === "" ? title : `${title}, ${label}`;
}
