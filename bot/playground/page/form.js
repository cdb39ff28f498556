/** What has been chosen and typed on one surface: a view or a message. */

/** Values by block and action, in the shape of Slack's `state.values`. */
export class FormState {
  #values = new Map();

  /** The value that is there, or the element's own initial one, which is then kept. */
  start(blockId, actionId, initial) {
    const key = `${blockId}\n${actionId}`;
    if (!this.#values.has(key)) this.#values.set(key, { blockId, actionId, value: initial });
    return this.#values.get(key).value;
  }

  set(blockId, actionId, value) {
    this.#values.set(`${blockId}\n${actionId}`, { blockId, actionId, value });
  }

  get(blockId, actionId) {
    return this.#values.get(`${blockId}\n${actionId}`)?.value;
  }

  /** `{block_id: {action_id: {type, …}}}` of the blocks named, or of all. */
  values(blockIds) {
    const state = {};
    for (const { blockId, actionId, value } of this.#values.values()) {
      if (blockIds && !blockIds.has(blockId)) continue;
      (state[blockId] ??= {})[actionId] = value;
    }
    return state;
  }
}

const VALUE_FIELDS = [
  "value", "selected_option", "selected_options", "selected_user", "selected_users", "selected_conversation", "selected_conversations",
  "selected_channel", "selected_channels", "selected_date", "selected_time", "selected_date_time",
];

/** Whether an element's value holds nothing. */
export function isEmpty(value) {
  return VALUE_FIELDS.every((field) => {
    const content = value?.[field];
    return content === undefined || content === null || content === "" || (Array.isArray(content) && content.length === 0);
  });
}

/**
 * What keeps a view from being submitted, by block id: the checks Slack makes in the client.
 * @param {Array<Object>} blocks
 * @param {FormState} form
 * @param {(key: string, values?: Object) => string} t
 * @returns {Object<string, string>}
 */
export function clientErrors(blocks, form, t) {
  const errors = {};
  for (const block of blocks.filter((one) => one.type === "input")) {
    const value = form.get(block.block_id, block.element.action_id);
    const problem = isEmpty(value) ? (block.optional ? null : t("required")) : numberProblem(block.element, value, t);
    if (problem) errors[block.block_id] = problem;
  }
  return errors;
}

function numberProblem(element, value, t) {
  if (element.type !== "number_input") return null;
  const number = Number(String(value.value).replace(",", "."));
  if (!Number.isFinite(number)) return t("numberWanted");
  const { min_value: min, max_value: max } = element;
  const tooLow = min !== undefined && number < Number(min);
  const tooHigh = max !== undefined && number > Number(max);
  if (!tooLow && !tooHigh) return null;
  if (min !== undefined && max !== undefined) return t("numberBetween", { min, max });
  return tooLow ? t("numberLeast", { min }) : t("numberMost", { max });
}
