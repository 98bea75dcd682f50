/** What something cost before it was reduced, and the lowest price of late, in the words of whoever shows it. */
export function Reduction({ before, lowest }: { readonly before: string; readonly lowest: string }) {
  return (
    <span className="figures flex flex-wrap gap-x-2 text-ink-soft text-sm leading-tight">
      <s>{before}</s>
      <span>{lowest}</span>
    </span>
  );
}
