use hotspot_vouchers_sandbox::Fault;

const USAGE: &str = r#"usage: hotspot-vouchers-sandbox [OPTIONS]

Runs a fake Omada controller and a fake UniFi console on 127.0.0.1 until Ctrl-C. Prints their addresses, keys and ids,
and curl commands to paste. An option and its value are two arguments, or one with = between them.

  --omada-port PORT       the port of the Omada controller; a free one by default, as for every port
  --unifi-port PORT       the port of the UniFi console
  --unifi-cloud-port PORT the port of the cloud connector of the UniFi console
  --control PORT          serve the control port described below; 0 takes a free one

  --tls FILE              serve HTTPS, and write the certificate of the authority that clients must trust to FILE
  --env FILE              write addresses, keys and ids to FILE as exports for a shell; only its owner may read it
  --log                   write every request to standard error, with keys, tokens, passwords and codes hidden
  --order ORDER           the order of unsorted lists: created (the default), reversed, shuffled or shuffled:SEED

  -h, --help              print this text
  -V, --version           print the version

Every id and key is made up anew at each start, unless one of these options gives it:

  --omada-id ID           32 hexadecimal digits, the omadacId
  --omada-client-id TEXT  --omada-client-secret TEXT      what an application signs in with
  --omada-username TEXT   --omada-password TEXT           what a user signs in with
  --omada-site ID         24 hexadecimal digits, as for all of these:
  --omada-portal-1 ID     --omada-portal-2 ID
  --omada-ssid-1 ID       --omada-ssid-2 ID
  --omada-network-1 ID    --omada-network-2 ID
  --omada-rate-limit-profile ID
  --unifi-api-key TEXT    --unifi-cloud-api-key TEXT      the X-API-Key of the console, and that of the cloud
  --unifi-console ID      24 to 128 hexadecimal digits, hyphens and colons: the console's id in the cloud

A TEXT is 1 to 128 visible ASCII characters.

Requests fail at random with these options:

  --fault-probability P   the probability of every fault, such as 0.01
  --fault-seed N          the seed, with which a run repeats itself; 0 by default
  --faults NAMES          which faults, with commas between them; all of them by default

The control port speaks JSON over HTTP. With CONTROL=http://127.0.0.1:PORT, SANDBOX_CONTROL_URL in the --env file:

  curl $CONTROL/ledger                                              every voucher ever issued; does it still exist?
  curl $CONTROL/code-lag -d '{"seconds": 2.5}'                      hide codes of new Omada groups for 2.5 s
  curl $CONTROL/vouchers/use -d '{"voucher": "CODE OR ID"}'         a guest signs in; limits are not checked
  curl $CONTROL/vouchers/expire -d '{"voucher": "CODE OR ID"}'      the voucher expires now
  curl $CONTROL/clock                                               show the clock of both controllers
  curl $CONTROL/clock -d '{"advanceSeconds": 3600}'                 move it forward
  curl $CONTROL/clock -d '{"stopAtUnixMillis": 1767268800000}'      stop it at a moment
  curl $CONTROL/clock -d '{"release": true}'                        follow the system's clock again
  curl $CONTROL/order -d '{"order": "shuffled:7"}'                  reorder lists
  curl $CONTROL/faults                                              show planned faults, and what has struck
  curl $CONTROL/faults -d '{"fault": "503-json", "pattern": "POST *vouchers", "times": 2}'
  curl -X DELETE "$CONTROL/faults?fault=503-json"                   switch that fault off; without ?fault=, all faults

A fault strikes requests that fit its pattern, a verb and a path with * for anything and {id} for every id, "* *" by
default. It strikes `times` requests, or every one by default. Everything but the ledger and the clock can be limited
to one controller with "vendor": "omada" or "unifi", in the URL of a DELETE; code-lag is Omada's alone.

faults: "#;

/// Lines of the list of faults are not longer than this.
const LINE_LETTERS: usize = 100;

/// All that the program understands.
pub fn help() -> String {
    let mut lines = vec!["faults: ".to_owned()];
    for (name, _) in Fault::gallery() {
        if lines.last().is_some_and(|line| line.len() + name.len() > LINE_LETTERS) {
            lines.push("  ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(name);
            line.push(' ');
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    format!("{}{}", USAGE.trim_end_matches("faults: "), lines.join("\n"))
}
