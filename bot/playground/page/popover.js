/** Lists that open beside a button: placed within the window, closed by Esc, by a click elsewhere, or by choosing. */

const MARGIN = 8;
const GAP = 4;

/**
 * Make `panel` (a `popover="auto"` element, placed in the document beside `trigger`) open from `trigger`.
 * @param {HTMLElement} trigger
 * @param {HTMLElement} panel
 * @param {{onOpen?: () => void, onClose?: () => void}} [handlers]
 */
export function attachPopover(trigger, panel, { onOpen, onClose } = {}) {
  const place = () => placeBeside(trigger, panel);
  let closedAt = 0;
  trigger.setAttribute("aria-expanded", "false");
  trigger.addEventListener("click", () => {
    if (panel.matches(":popover-open") || performance.now() - closedAt < 150) {
      panel.hidePopover();
      return;
    }
    panel.showPopover();
    place();
    // At once, not on the later toggle event: keys pressed from here on belong to the list.
    onOpen?.();
  });
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    trigger.setAttribute("aria-expanded", String(open));
    for (const [name, target] of [["resize", window], ["scroll", document]]) {
      if (open) target.addEventListener(name, place, true);
      else target.removeEventListener(name, place, true);
    }
    if (open) return;
    closedAt = performance.now();
    if (panel.contains(document.activeElement) || document.activeElement === document.body) trigger.focus({ preventScroll: true });
    onClose?.();
  });
}

function placeBeside(trigger, panel) {
  const from = trigger.getBoundingClientRect();
  panel.style.setProperty("min-width", `${Math.min(Math.max(from.width, 200), innerWidth - 2 * MARGIN)}px`);
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - from.bottom - GAP - MARGIN;
  const top = height <= below || below >= from.top ? from.bottom + GAP : from.top - GAP - height;
  const left = Math.min(Math.max(from.left, MARGIN), innerWidth - width - MARGIN);
  panel.style.setProperty("left", `${Math.max(left, MARGIN)}px`);
  panel.style.setProperty("top", `${Math.max(Math.min(top, innerHeight - height - MARGIN), MARGIN)}px`);
}
