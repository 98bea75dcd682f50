import type { Totp } from "../../access/users-port.ts";
import type { Connector } from "../../connectors/port.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { stored } from "./stored.ts";

/** The second step of a user as the database keeps it: `null` where there is none. */
export function keptTotp(secrets: SecretBox, user: string, totp: Totp | null): string {
  return totp === null ? "null" : secrets.seal(JSON.stringify(totp), `totp:${user}`);
}

export function totpKept(secrets: SecretBox, user: string, kept: unknown): Totp | null {
  return stored<Totp | null>(secrets.open(String(kept), `totp:${user}`));
}

export function keptWebhookSecret(secrets: SecretBox, endpoint: string, secret: string): string {
  return secrets.seal(secret, `webhook:${endpoint}`);
}

export function webhookSecretKept(secrets: SecretBox, endpoint: string, kept: unknown): string {
  return secrets.open(String(kept), `webhook:${endpoint}`);
}

/** The server's private key for receipts as the database keeps it. */
export function keptReceiptKey(secrets: SecretBox, privateKey: string): string {
  return secrets.seal(privateKey, "receipts");
}

export function receiptKeyKept(secrets: SecretBox, kept: unknown): string {
  return secrets.open(String(kept), "receipts");
}

/** The key that is lent to a till as the database keeps it. */
export function keptLentKey(secrets: SecretBox, device: string, key: string): string {
  return secrets.seal(key, `till:${device}`);
}

export function lentKeyKept(secrets: SecretBox, device: string, kept: unknown): string {
  return secrets.open(String(kept), `till:${device}`);
}

/** A connected shop as the database keeps it: what it is signed with and signs in by is sealed, the rest can be read. */
interface KeptConnector extends Omit<Connector, "credentials" | "webhookSecret"> {
  readonly sealed: string;
}

export function keptConnector(
  secrets: SecretBox,
  { credentials, webhookSecret, ...connector }: Connector,
): string {
  const sealed = secrets.seal(JSON.stringify({ credentials, webhookSecret }), `connector:${connector.id}`);
  return JSON.stringify({ ...connector, sealed } satisfies KeptConnector);
}

export function connectorKept(secrets: SecretBox, kept: unknown): Connector {
  const connector = stored<Connector | KeptConnector>(kept);
  // Kept before secrets were sealed.
  if (!("sealed" in connector)) return connector;
  const { sealed, ...rest } = connector;
  const secret = secrets.open(sealed, `connector:${rest.id}`);
  return { ...rest, ...stored<Pick<Connector, "credentials" | "webhookSecret">>(secret) };
}

export function isConnectorSealed(kept: unknown): boolean {
  return "sealed" in stored<object>(kept);
}

/** What can still be read of a connected shop whose key is lost. */
export function connectorWithoutSecrets(
  kept: unknown,
  { webhookSecret }: Pick<Connector, "webhookSecret">,
): Connector {
  const { sealed: _, ...rest } = stored<KeptConnector>(kept);
  return { ...rest, credentials: {}, webhookSecret };
}
