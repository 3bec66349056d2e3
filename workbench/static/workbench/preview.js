// What the platform's page brings for the scripts of XBlocks (xblock_v2/xblock_iframe.html), as far as the platform's
// own blocks need it. Nothing comes from another site: formulas stay text.
"use strict";

window.gettext = (text) => text;
window.ngettext = (one, many, count) => (count === 1 ? one : many);
window.Logger = { log() {}, listen() {} };
window.SR = { clear() {}, readText() {}, readTexts() {} };
window.MathJax = {
  Callback: { After() {} },
  Hub: { Queue() {}, getAllJax: () => [], Startup: { signal: { Interest() {} } } },
};
window.JavascriptLoader = { executeModuleScripts: (element, callback) => callback && callback() };
window.onTouchBasedDevice = () => null;
// The functions of Underscore.js that they call.
window._ = {
  bind: (callback, self) => callback.bind(self),
  escape: (text) => new Option(text ?? "").innerHTML.replaceAll('"', "&quot;").replaceAll("'", "&#x27;"),
  extend: Object.assign,
  mapObject: (object, callback) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, callback(value, key)])),
  throttle: (callback) => callback,
  partial: (callback, ...first) => (...rest) => callback(...first, ...rest),
};
window.edx = {
  HtmlUtils: {
    HTML: (html) => html,
    joinHtml: (...parts) => parts.join(""),
    setHtml: (element, html) => jQuery(element).html(html),
  },
  StringUtils: { interpolate: (text, values) => text.replace(/{(\w+)}/g, (_match, name) => values[name]) },
};
if (window.jQuery) {
  // Requests to handlers, which the workbench does not have, stay without an answer: see workbench/preview/runtime.py.
  const ask = () => jQuery.Deferred().promise();
  Object.assign(jQuery, { ajaxWithPrefix: ask, getWithPrefix: ask, postWithPrefix: ask });
}

// The button of a problem says so, instead of waiting for one.
document.addEventListener(
  "click",
  (event) => {
    const submit = event.target.closest(".problem .submit");
    if (submit) {
      event.stopImmediatePropagation();
      const place = submit.parentElement.querySelector(".submission-feedback") ?? submit;
      place.textContent = "The workbench does not check answers. Studio does.";
    }
  },
  true,
);

window.addEventListener("load", () => {
  const runtime = {
    children: () => [],
    childMap: () => undefined,
    notify() {},
    handlerUrl: (element, name) => `/api/xblock/v2/xblocks/${element.dataset.usage}/handler/0-none/${name}/`,
  };
  for (const element of document.querySelectorAll(".xblock-v1[data-init]")) {
    const args = element.querySelector(":scope > .xblock_json_init_args");
    new window[element.dataset.init](runtime, element, args ? JSON.parse(args.textContent) : {});
  }
});

// Studio's page resizes the frame to what is in it. The message goes to the page that the frame was asked for by, as
// from the platform's: to a page that does not say who it is, it cannot be sent.
let lastHeight = 0;
function tellHeight() {
  const { offsetHeight: height, offsetWidth: width } = document.documentElement;
  if (height !== lastHeight) {
    lastHeight = height;
    window.parent.postMessage({ type: "plugin.resize", payload: { width, height } }, document.referrer);
  }
}
// A unit is opened as a page, too, in which there is no one to tell.
if (window.parent !== window) window.addEventListener("load", () => {
  new ResizeObserver(tellHeight).observe(document.documentElement);
  tellHeight();
});
