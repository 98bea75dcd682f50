import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { keyIdOf } from "../returns/code/key-id.ts";
import type { CodeSigner } from "../returns/code/make-code.ts";
import type { CodeKey, CodeKeyOwner, CodeTrust } from "../returns/code/read-code.ts";
import type { Sha256 } from "../returns/code/write-content.ts";

/** DER wrappings of raw Ed25519 keys (RFC 8410). */
const PRIVATE = "302e020100300506032b657004220420";
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** Signs with the secret key of so many hex digits. */
export function signerOf(secretHex: string): CodeSigner {
  const key = createPrivateKey({
    key: Buffer.from(PRIVATE + secretHex, "hex"),
    format: "der",
    type: "pkcs8",
  });
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return { publicKey: der.subarray(PUBLIC.length), sign: (bytes) => sign(null, bytes, key) };
}

/** Secret keys of the first two tests of RFC 8032, section 7.1: no till's, known to everyone. */
export const TILL_KEY = signerOf("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
export const SERVER_KEY = signerOf("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

interface TrustedKey {
  readonly publicKey: Uint8Array;
  readonly revoked?: boolean;
  /** Absent: a till of which nothing more is known, and for `SERVER_KEY` the server. */
  readonly owner?: CodeKeyOwner;
}

/** Trusts these keys, as a till does the keys of its replica. */
export function trusting(...keys: readonly TrustedKey[]): CodeTrust {
  const byId = new Map(
    keys.map(({ publicKey, revoked = false, owner }): [string, CodeKey] => [
      keyIdOf(publicKey, sha256),
      {
        publicKey,
        revoked,
        owner:
          owner ?? (publicKey === SERVER_KEY.publicKey ? { kind: "server" } : { kind: "till", tills: null }),
      },
    ]),
  );
  return {
    keyOf: (id) => byId.get(id) ?? null,
    verify: (bytes, signature, publicKey) => verify(null, bytes, keyObject(publicKey), signature),
  };
}

function keyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC, publicKey]), format: "der", type: "spki" });
}
