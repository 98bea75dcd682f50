import type { Inbox } from "../connectors/inbox.ts";
import type { Http } from "../connectors/port.ts";
import type { Post } from "../events/post.ts";
import type { MailPort } from "../mail/port.ts";
import type { Storage } from "../storage/port.ts";
import type { Ingestion } from "../sync/ingest.ts";
import type { PullDesk } from "../sync/pull-desk.ts";
import type { Tracing } from "./port.ts";

// The server's parts with a span around what they do. Where nothing is traced each is the part itself.

/** A batch of a till's journal: whose, how many, how long until the first of it was taken in, and what came of it. The transaction is that of all who waited together, and in no one's trace. */
export function tracedIngestion(ingestion: Ingestion, tracing: Tracing): Ingestion {
  if (!tracing.isOn) return ingestion;
  return {
    ...ingestion,
    ingest: (device, entries, keys, isLater, onTurn) =>
      tracing.within(
        "journal.ingest",
        { "onetill.till": device.id, "onetill.entries": entries.length },
        async (note) => {
          const asked = performance.now();
          let waitedMs: number | null = null;
          const answer = await ingestion.ingest(device, entries, keys, isLater, () => {
            waitedMs ??= Math.round(performance.now() - asked);
            note({ "onetill.waited_ms": waitedMs });
            onTurn?.();
          });
          note({ "onetill.outcome": answer.ok ? "taken" : answer.reason });
          return answer;
        },
      ),
  };
}

/** Pages of feeds. They are read for all who ask at the same time, and in no one's trace. */
export function tracedPullDesk(desk: PullDesk, tracing: Tracing): PullDesk {
  if (!tracing.isOn) return desk;
  return {
    newer: (tokenHash, checkpoints) =>
      tracing.within("feed.newer", {}, async (note) => {
        const told = await desk.newer(tokenHash, checkpoints);
        if (told !== null) note({ "onetill.till": told.standing.device.id });
        return told;
      }),
    pull: (tokenHash, asks) =>
      // Who only wants to know where it stands, as to listen, reads no feed.
      asks.length === 0
        ? desk.pull(tokenHash, asks)
        : tracing.within(
            "feed.page",
            { "onetill.collection": asks.map(({ collection }) => collection).join(" ") },
            async (note) => {
              const pulled = await desk.pull(tokenHash, asks);
              if (pulled !== null) {
                note({ "onetill.till": pulled.standing.device.id });
                for (const { page } of pulled.pages) if (!page.ok) note({ "onetill.outcome": page.reason });
                const read = pulled.pages.flatMap(({ page }) =>
                  page.ok ? [page.value.documentsJson.length] : [],
                );
                note({ "onetill.bytes": read.reduce((sum, bytes) => sum + bytes, 0) });
              }
              return pulled;
            },
          ),
  };
}

/** A message of a shop's platform, and what became of it. */
export function tracedInbox(inbox: Inbox, tracing: Tracing): Inbox {
  if (!tracing.isOn) return inbox;
  return {
    ...inbox,
    receive: (connector, webhook) =>
      tracing.within("webhook.receive", {}, async (note) => {
        const receipt = await inbox.receive(connector, webhook);
        note({ "onetill.outcome": receipt });
        return receipt;
      }),
  };
}

/** A message to whom HQ named; its receiver can carry on with the trace. Where it goes is not told: addresses hold tokens. */
export function tracedPost(post: Post, tracing: Tracing): Post {
  if (!tracing.isOn) return post;
  return ({ headers, ...message }) =>
    tracing.within("webhook.send", { "http.request.method": "POST" }, async (note) => {
      const answer = await post({ ...message, headers: { ...headers, ...tracing.outgoing() } });
      note(
        "failure" in answer
          ? { "onetill.outcome": answer.failure }
          : { "http.response.status_code": answer.status },
      );
      return answer;
    });
}

/** A call of a shop platform's API. The platform belongs to somebody else, and is not told of the trace. */
export function tracedHttp(http: Http, tracing: Tracing): Http {
  if (!tracing.isOn) return http;
  return (request) =>
    tracing.within("shop.call", { "http.request.method": request.method }, async (note) => {
      const answer = await http(request);
      note(
        "failure" in answer
          ? { "onetill.outcome": "failed" }
          : { "http.response.status_code": answer.status },
      );
      return answer;
    });
}

/** A mail on its way. */
export function tracedMail(port: MailPort, tracing: Tracing): MailPort {
  if (!tracing.isOn) return port;
  return {
    send: (mail) =>
      tracing.within("mail.send", {}, async (note) => {
        const sent = await port.send(mail);
        note({ "onetill.outcome": sent.ok ? "sent" : sent.isFinal ? "refused" : "failed" });
        return sent;
      }),
    close: () => port.close(),
  };
}

/** What is read and written for something that is being timed. The chores look into the database every second, and would fill the collector with nothing. */
export function tracedStorage(storage: Storage, tracing: Tracing): Storage {
  if (!tracing.isOn) return storage;
  return {
    write(work, tells) {
      if (!tracing.isWithin) return storage.write(work, tells);
      const asked = performance.now();
      return tracing.within("storage.write", {}, (note) =>
        storage.write((tx) => {
          note({ "onetill.waited_ms": Math.round(performance.now() - asked) });
          return work(tx);
        }, tells),
      );
    },
    read: (work, finds) =>
      tracing.isWithin
        ? tracing.within("storage.read", {}, () => storage.read(work, finds))
        : storage.read(work, finds),
    ask: (work) =>
      tracing.isWithin ? tracing.within("storage.read", {}, () => storage.ask(work)) : storage.ask(work),
    aside: {
      read: (name, ask, cancelled) =>
        tracing.within("storage.aside", { "onetill.question": name }, () =>
          storage.aside.read(name, ask, cancelled),
        ),
    },
    get isOnDuty() {
      return storage.isOnDuty;
    },
    listen: (hear) => storage.listen(hear),
    alone: (work) => storage.alone(work),
    close: () => storage.close(),
  };
}
