/** Asking the same thing again while it is being asked: answers must not overtake one another. */

/**
 * `ask`, never run twice at once: who calls while it runs gets one more run after it, shared by all who wait.
 * @param {() => Promise<any>} ask
 * @returns {() => Promise<any>}
 */
export function oneAtATime(ask) {
  let running = null;
  let next = null;

  function start() {
    running = ask().finally(() => {
      running = null;
    });
    return running;
  }

  async function afterwards() {
    await running.catch(() => null); // whoever asked for that run hears of its failure
    next = null;
    return running ?? start();
  }

  return () => {
    if (!running) return start();
    next ??= afterwards();
    return next;
  };
}
