/* The talk with the server: bring a record once, ask for news. Answers are values; no line is {result: "away"}. */

const token = () => {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
};

async function asked(address, options = {}) {
  const stop = AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined;
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", signal: stop, ...options });
  } catch {
    return { result: "away" };
  }
  if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) {
    return { result: answer.status >= 500 ? "away" : "shut" };
  }
  return answer.json();
}

export function post(address, fields = {}) {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  return asked(address, { method: "POST", body, headers: { "X-CSRFToken": token() } });
}

export const get = (address) => asked(address);

/* Bring a record under its key: the key stays the same until the words change, so that it counts once. */
export function bring(address, said, send) {
  const more = send ? { send: "1", reason: said.reason || "" } : {};
  return post(address, { ...said.fields, ...more, key: said.key, revision: String(said.revision) });
}
