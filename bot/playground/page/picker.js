/** The select of Slack: a button, and a list that can be searched. One choice or several. */

import { el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { attachPopover } from "./popover.js";

const SEARCH_PAUSE_MS = 180;

/**
 * @typedef {{key: string, label: () => Node, words: string, description?: () => Node, group?: string, data: any}} Choice
 */

/**
 * A picker.
 * @param {Object} config
 * @param {string} config.label accessible name
 * @param {Node|string} config.placeholder
 * @param {Choice[]} config.choices all there are, unless `search` is given
 * @param {(typed: string) => Promise<Choice[]>} [config.search] choices for what was typed
 * @param {Choice[]} config.chosen
 * @param {boolean} config.multiple
 * @param {number} [config.max] how many may be chosen
 * @param {(chosen: Choice[]) => void} config.onPick at each change
 * @param {(chosen: Choice[]) => void} [config.onDone] when choosing has ended with a change
 * @param {Object} ctx
 * @returns {HTMLElement}
 */
export function picker(config, ctx) {
  const listId = uniqueId("list");
  const shown = el("span", { class: "picker-value" });
  const trigger = el("button", { class: "picker-trigger", type: "button", "aria-haspopup": "listbox", "aria-label": config.label }, shown, icon("down"));
  const input = el("input", {
    class: "picker-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-controls": listId, "aria-expanded": "true", "aria-autocomplete": "list", "aria-label": `${ctx.t("search")}: ${config.label}`, placeholder: ctx.t("search"),
  });
  const list = el("ul", { class: "picker-list", id: listId, role: "listbox", "aria-label": config.label, "aria-multiselectable": config.multiple ? "true" : null });
  const panel = el("div", { class: "popover picker-panel", popover: "auto" }, el("div", { class: "picker-search-row" }, icon("search"), input), list);
  const root = el("div", { class: config.multiple ? "picker picker-multi" : "picker" }, trigger, panel);

  let chosen = [...config.chosen];
  let visible = [];
  let active = 0;
  let changed = false;
  let asked = 0;
  let timer = null;

  const isChosen = (choice) => chosen.some((one) => one.key === choice.key);

  function showValue() {
    if (chosen.length === 0) return fill(shown, el("span", { class: "picker-placeholder" }, config.placeholder));
    if (!config.multiple) return fill(shown, chosen[0].label());
    return fill(shown, chosen.map((choice) => el("span", { class: "chip" }, choice.label())));
  }

  function showList() {
    fill(list, visible.length === 0 ? el("li", { class: "picker-empty" }, ctx.t("noMatches")) : rows());
    const current = list.querySelector(".active");
    current?.scrollIntoView({ block: "nearest" });
    if (current) input.setAttribute("aria-activedescendant", current.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function rows() {
    let group;
    return visible.flatMap((choice, at) => {
      const head = choice.group && choice.group !== group ? [el("li", { class: "picker-group", role: "presentation" }, choice.group)] : [];
      group = choice.group;
      return [...head, row(choice, at)];
    });
  }

  function row(choice, at) {
    return el(
      "li",
      {
        class: at === active ? "picker-option active" : "picker-option", id: `${listId}-${at}`, role: "option", "aria-selected": String(isChosen(choice)),
        on: { click: () => choose(choice), mousemove: () => at !== active && activate(at) },
      },
      el("span", { class: "picker-label" }, choice.label(), choice.description ? el("small", {}, choice.description()) : null),
      isChosen(choice) ? icon("check") : null,
    );
  }

  function activate(at) {
    active = Math.max(0, Math.min(visible.length - 1, at));
    showList();
  }

  function choose(choice) {
    if (config.multiple) {
      if (isChosen(choice)) chosen = chosen.filter((one) => one.key !== choice.key);
      else if (chosen.length < (config.max ?? Infinity)) chosen = [...chosen, choice];
      else return;
    } else chosen = [choice];
    changed = true;
    showValue();
    config.onPick(chosen);
    if (config.multiple) showList();
    else panel.hidePopover();
  }

  async function look() {
    const typed = input.value.trim().toLocaleLowerCase();
    asked += 1;
    const mine = asked;
    const found = config.search ? await config.search(input.value.trim()) : config.choices.filter((choice) => choice.words.toLocaleLowerCase().includes(typed));
    if (mine !== asked) return;
    visible = found;
    active = Math.max(0, config.multiple ? 0 : visible.findIndex(isChosen));
    showList();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (config.search) timer = setTimeout(look, SEARCH_PAUSE_MS);
    else look();
  });
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (move !== undefined) activate(move);
    else if (event.key === "Enter" && visible[active]) choose(visible[active]);
    else if (event.key === "Tab") panel.hidePopover();
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
  attachPopover(trigger, panel, {
    onOpen: () => {
      input.value = "";
      look();
      input.focus();
    },
    onClose: () => {
      if (changed) config.onDone?.(chosen);
      changed = false;
    },
  });
  showValue();
  return root;
}
