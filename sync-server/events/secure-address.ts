const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whether what names people may go there: encrypted, or not beyond this machine. */
export function isSecureAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.includes(hostname));
}
