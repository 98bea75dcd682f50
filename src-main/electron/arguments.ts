/** What the till's window was started with: `--data=DIR`, and `--server=URL` with `--pair=CODE` for a first start. */
export interface TillArguments {
  readonly data: string | null;
  readonly pairing: { readonly server: string; readonly code: string } | null;
}

/** Reads its own switches and lets Chromium's be: everything else on the line is not this program's. */
export function readTillArguments(argv: readonly string[]): TillArguments {
  const value = (name: string): string | null => {
    const given = argv.find((each) => each.startsWith(`--${name}=`));
    return given === undefined ? null : given.slice(name.length + 3);
  };
  const server = value("server");
  const code = value("pair");
  return { data: value("data"), pairing: server === null || code === null ? null : { server, code } };
}
