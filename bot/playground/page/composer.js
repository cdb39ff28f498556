/** The message field, with completion of slash commands and a memory of what was sent. */

import { el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

const HISTORY_KEY = "latido-sent";
const HISTORY_SIZE = 50;

/** One message field; `configure` tells it where it is. */
export class Composer {
  #commands = [];
  #matches = [];
  #active = -1;
  #drafts = new Map();
  #draftKey = "";
  #recalled = -1;

  /** @param {(text: string) => void} onSend */
  constructor(onSend) {
    this.onSend = onSend;
    this.listId = uniqueId("commands");
    this.field = el("textarea", {
      class: "composer-field", rows: 1, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId,
      autocomplete: "off", spellcheck: "false", enterkeyhint: "send",
    });
    this.button = el("button", { class: "send-button", type: "submit", disabled: true }, icon("send"));
    this.list = el("ul", { class: "completion-list", role: "listbox", id: this.listId });
    this.completion = el("div", { class: "completion", hidden: true }, this.list);
    this.hint = el("div", { class: "composer-hint" });
    this.pending = el("div", { class: "pending", role: "status" });
    const form = el("form", { class: "composer-box" }, this.field, el("div", { class: "composer-bar" }, this.hint, this.button));
    this.root = el("div", { class: "composer" }, this.completion, form, this.pending);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    form.addEventListener("mousedown", (event) => {
      if (event.target.closest("button, textarea")) return;
      event.preventDefault();
      this.field.focus();
    });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.#hide());
  }

  /**
   * @param {{t: Function, placeholder: string, commands: Array<{command: string, usage: string, description: string}>, draftKey: string}} place
   */
  configure({ t, placeholder, commands, draftKey }) {
    this.#commands = commands;
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
    this.button.setAttribute("aria-label", t("send"));
    this.button.title = t("send");
    this.list.setAttribute("aria-label", t("commandsList"));
    fill(this.hint, commands.length ? t("composerHint") : "");
    if (draftKey === this.#draftKey) return;
    this.#drafts.set(this.#draftKey, this.field.value);
    this.#draftKey = draftKey;
    this.setText(this.#drafts.get(draftKey) ?? "");
    this.#hide();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Replace what is typed; the cursor goes to the end. */
  setText(text) {
    this.field.value = text;
    this.field.setSelectionRange(text.length, text.length);
    this.#grow();
  }

  /** Say what is under way, or nothing. */
  setPending(text) {
    fill(this.pending, text ? [el("span", { class: "spinner", "aria-hidden": "true" }), text] : null);
    this.root.classList.toggle("is-pending", Boolean(text));
  }

  #send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.#hide();
    this.setText("");
    this.#recalled = -1;
    remember(text);
    this.onSend(text);
  }

  #typed() {
    this.#recalled = -1;
    this.#grow();
    this.#complete();
  }

  #grow() {
    this.button.disabled = this.field.value.trim() === "";
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 200)}px`);
  }

  #key(event) {
    if (event.isComposing) return;
    const open = !this.completion.hidden;
    if (open && this.#completionKey(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.#recall(event);
  }

  /** Whether the key belonged to the open list of commands. */
  #completionKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choosing = this.#choosing();
    if (event.key === "Escape") this.#hide();
    else if (step && choosing) this.#activate((this.#active + step + this.#matches.length) % this.#matches.length);
    else if (event.key === "Tab" && choosing && !event.shiftKey) this.#take(this.#matches[this.#active]);
    else if (event.key === "Enter" && !event.shiftKey && choosing && this.field.value.trim() !== this.#matches[this.#active].command) this.#take(this.#matches[this.#active]);
    else return false;
    return true;
  }

  /** Whether a command is being chosen still, rather than its arguments typed. */
  #choosing() {
    return !/\s/.test(this.field.value);
  }

  #complete() {
    const text = this.field.value;
    const word = /^\/\S*/.exec(text)?.[0].toLowerCase();
    if (word === undefined || text.includes("\n")) return this.#hide();
    this.#matches = this.#choosing() ? matching(this.#commands, word) : this.#commands.filter(({ command }) => command === word);
    if (this.#matches.length === 0) return this.#hide();
    this.completion.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.#activate(this.#choosing() ? 0 : -1);
  }

  /** Mark one of the matches; -1: they only remind of the arguments. */
  #activate(at) {
    this.#active = at;
    fill(this.list, this.#matches.map((command, index) => this.#row(command, index)));
    if (at < 0) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    this.field.setAttribute("aria-activedescendant", `${this.listId}-${at}`);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  #row({ command, usage, description }, at) {
    const args = usage?.startsWith(command) ? usage.slice(command.length).trim() : usage;
    return el(
      "li",
      {
        class: at === this.#active ? "completion-option active" : "completion-option", id: `${this.listId}-${at}`, role: "option", "aria-selected": String(at === this.#active),
        on: {
          mousedown: (event) => {
            event.preventDefault();
            if (this.#choosing()) this.#take(this.#matches[at]);
          },
        },
      },
      el("span", { class: "completion-command" }, el("strong", {}, command), args ? el("span", { class: "completion-usage" }, ` ${args}`) : null),
      el("span", { class: "completion-description" }, description ?? ""),
    );
  }

  #take({ command }) {
    this.setText(`${command} `);
    this.#complete();
  }

  #hide() {
    this.completion.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** The arrow keys walk through what was sent, when the field is empty or already shows such a line. */
  #recall(event) {
    const sent = sentBefore();
    if (this.#recalled < 0 && this.field.value !== "") return;
    const at = this.#recalled + (event.key === "ArrowUp" ? 1 : -1);
    if (at >= sent.length || at < -1) return;
    event.preventDefault();
    this.setText(at < 0 ? "" : sent[at]);
    this.#recalled = at;
  }
}

/** Commands that begin with what was typed, then those that contain it. */
function matching(commands, word) {
  const begins = commands.filter(({ command }) => command.toLowerCase().startsWith(word));
  const contains = commands.filter(({ command }) => !begins.some((one) => one.command === command) && command.toLowerCase().includes(word.slice(1)));
  return [...begins, ...contains];
}

/** What was sent in this tab, newest first. */
function sentBefore() {
  return JSON.parse(sessionStorage.getItem(HISTORY_KEY) ?? "[]");
}

function remember(text) {
  const kept = [text, ...sentBefore().filter((one) => one !== text)].slice(0, HISTORY_SIZE);
  sessionStorage.setItem(HISTORY_KEY, JSON.stringify(kept));
}
