-- wrk -s load.lua URL -- FILE ["NAME: VALUE" ...]: each request takes the next line of FILE as its
-- body, and has these headers.
local bodies, at = {}, 0

function init(arguments)
  local headers = {["Content-Type"] = "application/json"}
  for at = 2, #arguments do
    local name, value = arguments[at]:match("^(.-): (.*)$")
    headers[name] = value
  end
  for line in io.lines(arguments[1]) do
    bodies[#bodies + 1] = wrk.format("POST", nil, headers, line)
  end
  math.randomseed(os.time())
  at = math.random(#bodies)
end

function request()
  at = at % #bodies + 1
  return bodies[at]
end

function done(summary, latency)
  local failed = summary.errors
  local errors = failed.connect + failed.read + failed.write + failed.status + failed.timeout
  io.write(string.format("FOUND %d %d %.3f %.3f %d\n", summary.requests, summary.duration,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors))
end
