/** Pages beside each other, of which one is shown: links where they have addresses of their own, else buttons. */
export function Tabs<Name extends string>({
  label,
  all,
  current,
  textOf,
  ...leads
}: {
  readonly label: string;
  readonly all: readonly Name[];
  readonly current: Name;
  readonly textOf: (name: Name) => string;
} & ({ readonly addressOf: (name: Name) => string } | { readonly onChange: (name: Name) => void })) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1 rounded-xl bg-sunken p-1">
      {all.map((name) => {
        const looks = {
          "aria-current": name === current ? ("page" as const) : undefined,
          className: `flex min-h-10 items-center rounded-lg px-4 ${
            name === current ? "bg-surface font-semibold" : "text-soft hover:text-ink"
          }`,
        };
        return "addressOf" in leads ? (
          <a key={name} href={leads.addressOf(name)} {...looks}>
            {textOf(name)}
          </a>
        ) : (
          <button key={name} type="button" onClick={() => leads.onChange(name)} {...looks}>
            {textOf(name)}
          </button>
        );
      })}
    </nav>
  );
}
