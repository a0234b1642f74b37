-- For wrk: posts pictures in turn, and prints what came of it as one line of JSON.
-- wrk -s post.lua http://127.0.0.1:5080/v1/analyze -- one.jpg two.jpg
local requests = {}
local at = 0

function init(args)
  for _, name in ipairs(args) do
    local file = assert(io.open(name, "rb"))
    requests[#requests + 1] = wrk.format("POST", nil, { ["Content-Type"] = "application/octet-stream" }, file:read("*a"))
    file:close()
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.3f,"p50":%.2f,"p99":%.2f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
