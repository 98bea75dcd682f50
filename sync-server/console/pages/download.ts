/** A browser that is slow to begin finds nothing at an address that was taken back at once. */
const KEPT_MS = 60_000;

/** Gives a file to whoever looks at the page, under this name. */
export function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
