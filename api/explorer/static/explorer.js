"use strict";

// Each example is a tab: its comment, its operation, and the variables written in the comment.
const VARIABLES = /^# variables: (.*)\n/m;

function tab(example) {
  const variables = example.match(VARIABLES);
  return {
    query: example.replace(VARIABLES, "").trim() + "\n",
    variables: variables ? JSON.stringify(JSON.parse(variables[1]), null, 2) : undefined,
  };
}

const ask = GraphiQL.createFetcher({
  url: "/graphql",
  subscriptionUrl: location.origin.replace(/^http/, "ws") + "/graphql",
});

async function start() {
  const examples = await (await fetch("/explorer/examples.graphql")).text();
  const tabs = examples.trim().split(/\n\n(?=# )/).map(tab);
  const title = React.createElement("h1", { className: "title" }, "sponsorgraph");
  const settings = {
    fetcher: (params, more) => ask(params, { ...more, headers: whoAsks() }),
    defaultTabs: tabs,
    variables: tabs[0].variables, // GraphiQL takes the first tab's query from it, but not these
    // What was asked about a child does not stay behind in the browser.
    storage: { getItem: () => null, setItem() {}, removeItem() {}, clear() {}, length: 0 },
    defaultEditorToolsVisibility: true,
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: false,
  };
  const logo = React.createElement(GraphiQL.Logo, null, title);
  const explorer = React.createElement(GraphiQL, settings, logo);
  ReactDOM.createRoot(document.getElementById("graphiql")).render(explorer);
}

// The editors' own fields have no names; whoever hears the page needs to be told where they are.
function name(field) {
  field.setAttribute("aria-label", field.closest("[aria-label]")?.ariaLabel ?? "Response");
}

new MutationObserver(() =>
  document.querySelectorAll(".CodeMirror textarea:not([aria-label])").forEach(name),
).observe(document.body, { childList: true, subtree: true });

// The schema is asked for as soon as the page is there, so it waits until somebody asks.
signedIn.then(start);
