import { argon2id, argon2Verify } from "hash-wasm";

/** OWASP's first choice for argon2id with 19 MiB. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
const SALT_BYTES = 16;

/** What a password is checked by, in PHC form; the password itself is kept nowhere. */
export function hashPassword(password: string, randomBytes: (count: number) => Uint8Array): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return argon2id({ ...COST, password: sameForm(password), salt, outputType: "encoded" });
}

/** Nobody's password has this hash; it costs what every other costs. */
const NOBODYS = `$argon2id$v=19$m=${COST.memorySize},t=${COST.iterations},p=${COST.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Whether it is the password. Where there is none to compare with it takes as long as where there is one. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = await argon2Verify({ password: sameForm(password), hash: hash ?? NOBODYS });
  return hash !== null && matches;
}

/** The same characters are the same bytes on every keyboard; argon2 takes no empty password. */
function sameForm(password: string): string {
  const form = password.normalize("NFKC");
  return form === "" ? " " : form;
}
