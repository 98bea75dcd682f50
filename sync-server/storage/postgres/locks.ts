/** Numbers of advisory locks, which no other program takes in a database of its own for Onetill. */
export const LOCKS = {
  /** Whoever holds it writes: of one transaction, or of a session that keeps everybody else from writing. */
  writer: 74_201_001,
  /** Held while one of several servers brings the database to the newest schema; the others wait. */
  migrator: 74_201_002,
  /** Whoever holds it does the chores; of the session: the database takes it back when the connection ends. */
  chores: 74_201_003,
  /** Whoever holds it does what servers do one after the other, as they start. */
  alone: 74_201_004,
} as const;
