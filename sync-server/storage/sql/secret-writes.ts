import type { Connector } from "../../connectors/port.ts";
import { newWebhookSecret } from "../../events/sign.ts";
import type { SecretWrites } from "../port.ts";
import { isSealed, SecretsKeyLost } from "../secrets/secret-box.ts";
import {
  connectorKept,
  connectorWithoutSecrets,
  isConnectorSealed,
  keptConnector,
  keptLentKey,
  keptReceiptKey,
  keptTotp,
  keptWebhookSecret,
  lentKeyKept,
  receiptKeyKept,
  totpKept,
  webhookSecretKept,
} from "./kept-secrets.ts";
import { SqlLinkMailWrites } from "./link-mail-writes.ts";

type Change = readonly [sql: string, ...values: readonly string[]];

/** Where a secret lies. */
interface Place {
  readonly isSealed: boolean;
  /** Throws where it does not open. */
  readonly open: () => unknown;
  /** Keeps it sealed. */
  readonly seal: () => Change;
  /** What is done where it is lost. */
  readonly giveUp: () => Change;
}

/** Seals what an earlier version kept as it was, and gives up what no key opens any more. */
export class SqlSecretWrites extends SqlLinkMailWrites implements SecretWrites {
  async sealSecrets({ forgetsLost }: { readonly forgetsLost: boolean }): Promise<number> {
    const places = await this.#places();
    const lost = places.filter((place) => !opens(place));
    // Nothing is sealed by another key beside what this one does not open.
    if (!forgetsLost) lost[0]?.open();
    for (const { giveUp } of lost) await this.database.run(...giveUp());
    for (const { seal } of places.filter((place) => !place.isSealed)) await this.database.run(...seal());
    return lost.length;
  }

  async #places(): Promise<readonly Place[]> {
    const { secrets } = this.database;
    const users = await this.database.all("SELECT id, totp FROM users WHERE totp <> 'null' ORDER BY id");
    const endpoints = await this.database.all("SELECT id, secret FROM webhook_endpoints ORDER BY id");
    const connectors = await this.database.all("SELECT id, data FROM connectors ORDER BY id");
    const signing = await this.database.all("SELECT private_key FROM receipt_signing");
    // One key sealed them all.
    const lent = await this.database.all("SELECT device, key FROM lent_keys ORDER BY device LIMIT 1");
    return [
      ...users.map(({ id: at, totp }): Place => {
        const id = String(at);
        const open = () => totpKept(secrets, id, totp);
        const keep = (kept: string): Change => ["UPDATE users SET totp = ? WHERE id = ?", kept, id];
        return {
          isSealed: isSealed(String(totp)),
          open,
          seal: () => keep(keptTotp(secrets, id, open())),
          giveUp: () => keep(keptTotp(secrets, id, null)),
        };
      }),
      ...endpoints.map(({ id: at, secret }): Place => {
        const id = String(at);
        const open = () => webhookSecretKept(secrets, id, secret);
        const keep = (plain: string): Change => [
          "UPDATE webhook_endpoints SET secret = ? WHERE id = ?",
          keptWebhookSecret(secrets, id, plain),
          id,
        ];
        return {
          isSealed: isSealed(String(secret)),
          open,
          seal: () => keep(open()),
          giveUp: () => keep(newWebhookSecret()),
        };
      }),
      ...connectors.map(({ id, data }): Place => {
        const open = () => connectorKept(secrets, data);
        const keep = (connector: Connector): Change => [
          "UPDATE connectors SET data = ? WHERE id = ?",
          keptConnector(secrets, connector),
          String(id),
        ];
        return {
          isSealed: isConnectorSealed(data),
          open,
          seal: () => keep(open()),
          giveUp: () => keep(connectorWithoutSecrets(data, { webhookSecret: newWebhookSecret() })),
        };
      }),
      ...signing.map(({ private_key }): Place => {
        const open = () => receiptKeyKept(secrets, private_key);
        return {
          isSealed: isSealed(String(private_key)),
          open,
          seal: () => ["UPDATE receipt_signing SET private_key = ?", keptReceiptKey(secrets, open())],
          // Another one is made. Receipts that the lost one signed stay good: its public half was told to every till.
          giveUp: () => ["DELETE FROM receipt_signing"],
        };
      }),
      ...lent.map(({ device, key }): Place => {
        const open = () => lentKeyKept(secrets, String(device), key);
        return {
          isSealed: true,
          open,
          seal: () => [
            "UPDATE lent_keys SET key = ? WHERE device = ?",
            keptLentKey(secrets, String(device), open()),
            String(device),
          ],
          // Tills that still have theirs go on; the others take what is known of customers anew.
          giveUp: () => ["DELETE FROM lent_keys"],
        };
      }),
    ];
  }
}

/** Whether a secret opens; what else goes wrong is thrown. */
function opens({ open }: Place): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof SecretsKeyLost) return false;
    throw error;
  }
}
