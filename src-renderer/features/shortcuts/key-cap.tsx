/** A key as it looks on a keyboard. */
export function KeyCap({ words }: { readonly words: string }) {
  return (
    <kbd
      dir="ltr"
      className="inline-grid min-h-10 min-w-14 place-items-center whitespace-nowrap rounded-lg border border-edge bg-paper px-3 font-sans font-semibold"
    >
      {words}
    </kbd>
  );
}
