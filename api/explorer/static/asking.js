"use strict";

// Who asks, to what end and on what basis: sent with every question, kept nowhere.
// In a demo one says as whom, and the demo's issuer gives the token.
const strip = document.getElementById("asking");
const isDemo = document.body.dataset.demo === "true";
const said = {};

// The headers of a question; a socket's first message has the same names.
function whoAsks() {
  const headers = {};
  if (said.token) headers["Authorization"] = "Bearer " + said.token;
  for (const name of ["Purpose", "Basis", "Case", "Role"]) {
    const value = said[name.toLowerCase()];
    if (value) headers["Sponsorgraph-" + name] = value;
  }
  return headers;
}

function element(kind, properties, ...children) {
  const made = Object.assign(document.createElement(kind), properties);
  made.append(...children);
  return made;
}

function field(label, control) {
  strip.append(element("label", {}, label, control));
  return control;
}

function choice(name, values) {
  const options = values.map((value) => element("option", { value, textContent: value }));
  return element("select", { name }, ...options);
}

function readStrip() {
  for (const control of strip.elements) {
    if (control.name) said[control.name] = control.value.trim();
  }
}

function byHand() {
  const purposes = document.body.dataset.purposes.split(" ");
  field("Token", element("input", { name: "token", type: "password", autocomplete: "off" }));
  field("Purpose", choice("purpose", purposes));
  for (const name of ["basis", "case", "role"]) {
    field(name[0].toUpperCase() + name.slice(1), element("input", { name, autocomplete: "off" }));
  }
  strip.append(element("button", { textContent: "Sign in" }));
  strip.addEventListener("input", readStrip);
  document.getElementById("graphiql").textContent =
    "Put a token of your sign-in above, and say to what end and on which legal basis you ask.";
  return new Promise((resolve) => {
    strip.addEventListener("submit", () => {
      readStrip();
      if (said.token) resolve();
    });
  });
}

async function inTheDemo() {
  const { basis, roles } = await (await fetch("/demo/roles")).json();
  const role = field("Ask as", choice("as", roles.map((one) => one.role)));
  const purpose = field("to the end of", choice("purpose", []));
  const of = field("of", element("input", { name: "of", size: 14, autocomplete: "off" }));
  const told = element("output", { name: "" });
  strip.append(told);

  async function become() {
    const chosen = roles.find((one) => one.role === role.value);
    if (![...purpose.options].every((one) => chosen.purposes.includes(one.value))
        || purpose.options.length !== chosen.purposes.length) {
      purpose.replaceChildren(...choice("", chosen.purposes).options);
      purpose.selectedIndex = 0;
    }
    of.parentElement.hidden = chosen.of === null;
    of.placeholder = chosen.of ?? "";
    const body = JSON.stringify({ role: role.value, of: of.value.trim() });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/demo/tokens", { method: "POST", headers, body });
    const { token } = await answer.json();
    const ofACase = purpose.value === "TRAFFICKING_CASE";
    Object.assign(said, { token, basis, purpose: purpose.value });
    said.case = ofACase ? of.value.trim() : "";
    told.textContent = token ? "Signed in for an hour: a demo, of invented people." : "Not signed in.";
  }

  role.value = "ORR_CASEWORKER";
  strip.addEventListener("change", become);
  setInterval(become, 50 * 60 * 1000); // a token is good for an hour
  await become();
}

strip.addEventListener("submit", (event) => event.preventDefault());
const signedIn = isDemo ? inTheDemo() : byHand();
