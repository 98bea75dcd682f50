import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Server as PlainServer } from "node:http";
import { Server } from "node:https";
import type { TlsIdentity } from "./http/server.ts";
import type { TlsFiles } from "./options.ts";

/** The certificate and key of these files. Throws a sentence for the terminal where they cannot be read or do not belong together. */
export function readTls({ cert, key }: TlsFiles): TlsIdentity {
  const identity = { cert: textOf(cert, "--tls-cert"), key: textOf(key, "--tls-key") };
  let belong: boolean;
  try {
    belong = new X509Certificate(identity.cert).checkPrivateKey(createPrivateKey(identity.key));
  } catch (error) {
    throw new Error(
      `--tls-cert ${cert} and --tls-key ${key} have to be a certificate and its key, in PEM (${messageOf(error)}).`,
    );
  }
  if (!belong) throw new Error(`the key in ${key} is not of the certificate in ${cert}.`);
  return identity;
}

/**
 * Reads them anew each time it is told to (SIGHUP): certificates are renewed every few weeks and tills stay connected. Ones that are no good are `refused`,
 * and those before go on.
 */
export function renewTls(server: PlainServer, files: TlsFiles, refused: (error: unknown) => void): void {
  if (!(server instanceof Server)) return;
  process.on("SIGHUP", () => {
    try {
      server.setSecureContext(readTls(files));
    } catch (error) {
      refused(error);
    }
  });
}

function textOf(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${option} ${file} cannot be read: ${messageOf(error)}.`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
