/** The database could not be asked, or not in time, through no fault of what was asked: the same again may go well. `message` says why, for the log. */
export class StorageUnavailable extends Error {}
