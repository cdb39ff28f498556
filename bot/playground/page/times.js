/** Moments as people read them, in their language. */

import { el } from "./dom.js";

const DATE_FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** The time of day of a moment. */
export function timeOfDay(moment, ctx) {
  return format(moment, { hour: "2-digit", minute: "2-digit" }, ctx);
}

/** The whole moment, for a tooltip. */
export function fullMoment(moment, ctx) {
  return format(moment, { dateStyle: "full", timeStyle: "short" }, ctx);
}

/** The day's name over a list of messages: today, yesterday, or the date. */
export function dayName(moment, ctx) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(moment)) / 86_400_000);
  if (days === 0) return ctx.t("today");
  if (days === 1) return ctx.t("yesterday");
  const text = format(moment, { weekday: "long", day: "numeric", month: "long" }, ctx);
  return text.charAt(0).toLocaleUpperCase(ctx.locale) + text.slice(1);
}

/** The day a moment falls on, as a key. */
export function dayKey(moment) {
  return startOfDay(moment).getTime();
}

/**
 * `<!date^1700000000^{date_short}|fallback>` as Slack shows it: in the reader's language and zone.
 * @param {string} target everything before the label
 * @param {string|undefined} label the fallback
 * @param {Object} ctx
 */
export function slackDate(target, label, ctx) {
  const [, seconds, pattern] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime()) || !pattern) return el("span", {}, label ?? target);
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    const options = DATE_FORMATS[name.replace(/_pretty$/, "")] ?? DATE_FORMATS[name];
    return options ? format(moment, options, ctx) : whole;
  });
  return el("time", { datetime: moment.toISOString(), title: fullMoment(moment, ctx) }, text);
}

function format(moment, options, ctx) {
  return new Intl.DateTimeFormat(ctx.locale, { ...options, timeZone: ctx.me.tz || undefined }).format(moment);
}

function startOfDay(moment) {
  const day = new Date(moment);
  day.setHours(0, 0, 0, 0);
  return day;
}
