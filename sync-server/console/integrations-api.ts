import type { KeyScope } from "#domain/access/key-scopes.ts";
import type { ChannelId } from "#domain/ids.ts";
import { doneAnswerSchema } from "#protocol/hq/connectors.ts";
import { eventsAnswerSchema } from "#protocol/hq/events.ts";
import { keysAnswerSchema, makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import {
  addWebhookAnswerSchema,
  attemptsAnswerSchema,
  changeWebhookAnswerSchema,
  replayAnswerSchema,
  testWebhookAnswerSchema,
  type WebhookChange,
  webhooksAnswerSchema,
} from "#protocol/hq/webhooks.ts";
import { type Ask, asJson } from "./ask.ts";

/** HQ's calls about other programs: keys, webhooks, events. */
export class IntegrationsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  keys = () => this.#ask("GET", "/hq/v1/keys", keysAnswerSchema);

  makeKey(wanted: {
    readonly scope: KeyScope;
    readonly name: string;
    readonly channels: readonly ChannelId[];
  }) {
    return this.#ask("POST", "/hq/v1/keys", makeKeyAnswerSchema, asJson(wanted));
  }

  revokeKey(id: string) {
    return this.#ask("DELETE", `/hq/v1/keys/${encodeURIComponent(id)}`, doneAnswerSchema);
  }

  webhooks = () => this.#ask("GET", "/hq/v1/webhooks", webhooksAnswerSchema);

  addWebhook(wanted: { readonly url: string; readonly types: readonly string[] }) {
    return this.#ask("POST", "/hq/v1/webhooks", addWebhookAnswerSchema, asJson(wanted));
  }

  changeWebhook(
    id: string,
    change: Readonly<Omit<WebhookChange, "types">> & { readonly types: readonly string[] },
  ) {
    return this.#ask("PUT", webhookPath(id), changeWebhookAnswerSchema, asJson(change));
  }

  removeWebhook(id: string) {
    return this.#ask("DELETE", webhookPath(id), doneAnswerSchema);
  }

  testWebhook(id: string) {
    return this.#ask("POST", `${webhookPath(id)}/test`, testWebhookAnswerSchema);
  }

  attempts(id: string, ask: { readonly onlyFailed: boolean; readonly limit: number }) {
    const query = new URLSearchParams({ failed: String(ask.onlyFailed), limit: String(ask.limit) });
    return this.#ask("GET", `${webhookPath(id)}/attempts?${query}`, attemptsAnswerSchema);
  }

  sendAgain(id: string, event: string) {
    return this.#ask("POST", `${webhookPath(id)}/send-again`, doneAnswerSchema, asJson({ event }));
  }

  replayDead(endpoint: string) {
    return this.#ask("POST", "/hq/v1/webhooks/dead/replay", replayAnswerSchema, asJson({ endpoint }));
  }

  events(ask: { readonly after: number; readonly types: string; readonly limit: number }) {
    const query = new URLSearchParams({
      after: String(ask.after),
      types: ask.types,
      limit: String(ask.limit),
    });
    return this.#ask("GET", `/hq/v1/events?${query}`, eventsAnswerSchema);
  }
}

function webhookPath(id: string): string {
  return `/hq/v1/webhooks/${encodeURIComponent(id)}`;
}
