/** The product's mark: one till roll, torn. Decoration; whatever stands beside it says the name. */
export function Mark({ size = 36 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 36 36" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="36" height="36" rx="10" className="fill-accent" />
      <path
        d="M11 8h14v19l-2.33-2-2.33 2L18 25l-2.33 2-2.34-2L11 27z"
        className="fill-on-accent"
        strokeLinejoin="round"
      />
      <path d="M16 13.2 18.6 11.6V20.6M15.8 20.6h5.4" className="stroke-accent" strokeWidth="2" fill="none" />
    </svg>
  );
}
