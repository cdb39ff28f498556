/** News from the server: an event stream, and polling while the stream is broken. */

const POLL_MS = 2500;
const RETRY_MS = 3000;

/**
 * Follow the stream until the returned function is called.
 * @param {string} url
 * @param {{onEvent: (event: {scope: string, channel?: string}) => void, onStatus: (live: boolean) => void, refresh: () => void}} handlers
 *   `refresh` is called whenever a stream begins, and on every poll while there is none.
 * @returns {() => void} stop
 */
export function follow(url, { onEvent, onStatus, refresh }) {
  let source = null;
  let polling = null;
  let retry = null;
  let stopped = false;

  function opened() {
    if (polling !== null) {
      clearInterval(polling);
      polling = null;
      onStatus(true);
    }
    // The stream tells nothing of what happened before it was there.
    refresh();
  }

  function broken() {
    if (polling === null) {
      polling = setInterval(refresh, POLL_MS);
      onStatus(false);
    }
    if (source.readyState === EventSource.CLOSED && !stopped) retry = setTimeout(open, RETRY_MS);
  }

  function open() {
    source = new EventSource(url);
    source.addEventListener("open", opened);
    source.addEventListener("error", broken);
    source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  }

  open();
  return () => {
    stopped = true;
    source.close();
    clearInterval(polling);
    clearTimeout(retry);
  };
}
