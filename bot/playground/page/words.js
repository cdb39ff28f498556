/** What went wrong, in the person's words: Slack's own English sentences and bare codes are translated, others shown as they came. */

const TIMEOUT = /operation_timeout|dispatch_failed|did not respond|timed out|not responding|trouble connecting|status code/i;
const NO_SUCH_COMMAND = /is not a valid command/i;
const NOT_IN_THREADS = /not supported in threads/i;

/**
 * @param {string|undefined} error a sentence, or a code such as `operation_timeout`
 * @param {{command?: string|null, kind?: "action"|"submit"}} about what was tried
 * @param {(key: string, values?: Object) => string} t
 * @returns {string}
 */
export function problemWords(error, { command, kind }, t) {
  if (!error || TIMEOUT.test(error)) return command ? t("commandTimeout", { command }) : t(kind === "submit" ? "submitTimeout" : "actionTimeout");
  if (command && NO_SUCH_COMMAND.test(error)) return t("commandUnknown", { command });
  if (command && NOT_IN_THREADS.test(error)) return t("threadCommand", { command });
  return /\s/.test(error) ? error : t("failed", { reason: error });
}
