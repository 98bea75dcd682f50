/** Sends what is due, by one piece of work at a time. */
export interface Sending {
  /** Sends what is due now. Safe to call at any time: what is at work is waited for. Rejects with what it failed by. */
  deliver(): Promise<void>;
  /** Begins nothing more, and resolves once what is on its way has arrived or failed; by what, only who had it delivered hears. */
  stop(): Promise<void>;
}

/** `work` asks before each mail whether it is to go on. */
export function sendingBy(work: (goesOn: () => boolean) => Promise<void>): Sending {
  let atWork: Promise<void> | null = null;
  let isStopped = false;
  return {
    deliver() {
      if (isStopped) return Promise.resolve();
      atWork ??= work(() => !isStopped).finally(() => {
        atWork = null;
      });
      return atWork;
    },
    async stop() {
      isStopped = true;
      await atWork?.catch(() => undefined);
    },
  };
}
