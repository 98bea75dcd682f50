import { newWebhookSecret } from "../../events/sign.ts";
import type { SecretWrites } from "../port.ts";
import { isSealed, SecretsKeyLost } from "../secrets/secret-box.ts";
import {
  connectorKept,
  connectorWithoutSecrets,
  isConnectorSealed,
  keptConnector,
  keptTotp,
  keptWebhookSecret,
  totpKept,
  webhookSecretKept,
} from "./kept-secrets.ts";
import { SqlLinkMailWrites } from "./link-mail-writes.ts";

/** Where a secret lies. */
interface Place {
  readonly update: string;
  readonly id: string;
  readonly isSealed: boolean;
  /** Throws where it does not open. */
  readonly open: () => unknown;
  readonly sealed: () => string;
  /** What stands in its place where it is lost. */
  readonly without: () => string;
}

/** Seals what an earlier version kept as it was, and gives up what no key opens any more. */
export class SqlSecretWrites extends SqlLinkMailWrites implements SecretWrites {
  async sealSecrets({ forgetsLost }: { readonly forgetsLost: boolean }): Promise<number> {
    const places = await this.#places();
    const lost = places.filter((place) => !opens(place));
    // Nothing is sealed by another key beside what this one does not open.
    if (!forgetsLost) lost[0]?.open();
    for (const { update, id, without } of lost) await this.database.run(update, without(), id);
    for (const { update, id, sealed } of places.filter((place) => !place.isSealed))
      await this.database.run(update, sealed(), id);
    return lost.length;
  }

  async #places(): Promise<readonly Place[]> {
    const { secrets } = this.database;
    const users = await this.database.all("SELECT id, totp FROM users WHERE totp <> 'null' ORDER BY id");
    const endpoints = await this.database.all("SELECT id, secret FROM webhook_endpoints ORDER BY id");
    const connectors = await this.database.all("SELECT id, data FROM connectors ORDER BY id");
    return [
      ...users.map(({ id: at, totp }): Place => {
        const id = String(at);
        const open = () => totpKept(secrets, id, totp);
        return {
          update: "UPDATE users SET totp = ? WHERE id = ?",
          id,
          isSealed: isSealed(String(totp)),
          open,
          sealed: () => keptTotp(secrets, id, open()),
          without: () => keptTotp(secrets, id, null),
        };
      }),
      ...endpoints.map(({ id: at, secret }): Place => {
        const id = String(at);
        const open = () => webhookSecretKept(secrets, id, secret);
        return {
          update: "UPDATE webhook_endpoints SET secret = ? WHERE id = ?",
          id,
          isSealed: isSealed(String(secret)),
          open,
          sealed: () => keptWebhookSecret(secrets, id, open()),
          without: () => keptWebhookSecret(secrets, id, newWebhookSecret()),
        };
      }),
      ...connectors.map(({ id, data }): Place => {
        const open = () => connectorKept(secrets, data);
        return {
          update: "UPDATE connectors SET data = ? WHERE id = ?",
          id: String(id),
          isSealed: isConnectorSealed(data),
          open,
          sealed: () => keptConnector(secrets, open()),
          without: () =>
            keptConnector(secrets, connectorWithoutSecrets(data, { webhookSecret: newWebhookSecret() })),
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
