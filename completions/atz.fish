# fish completion for atz, printed by `atz completion fish`
function __atz_path
  set -l known 'new' 'new home' 'check' 'plan' 'submit' 'status' 'due' 'recover' 'staffing' 'sandbox' 'sandbox serve' 'sandbox review' 'sandbox clock' 'sandbox clock show' 'sandbox clock set' 'sandbox clock advance' 'sandbox reset' 'schema' 'completion'
  set -l path ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$path $word")
    contains -- $next $known; and set path $next
  end
  echo $path
end

function __atz_at
  test (__atz_path) = "$argv"
end

complete -c atz -f
complete -c atz -l profile -r -f -d 'The payer to talk to (default: what atz.yaml says, else the embedded one)'
complete -c atz -l config -r -F -d 'Use this atz.yaml instead of searching for one'
complete -c atz -l color -r -f -a 'auto always never' -d 'Use colour'
complete -c atz -l quiet -s q -d 'Print results and errors only'
complete -c atz -l verbose -s v -d 'Say more'
complete -c atz -l help -s h -d 'Show help'
complete -c atz -l version -d 'Show the version'
complete -c atz -n '__atz_at ' -a new -d 'Write a commented case file to start from'
complete -c atz -n '__atz_at new' -a home -d 'Write a case file for a home\'s first authorization'
complete -c atz -n '__atz_at new home' -l output -s o -r -F -d 'Write here (never over an existing file); default: standard output'
complete -c atz -n '__atz_at new home' -l demo -d 'Fill in fake data'
complete -c atz -n '__atz_at new home' -l id -r -f -d 'The home\'s name on the command line'
complete -c atz -n '__atz_at new home' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at ' -a check -d 'Check case files: complete, in time, and adding up'
complete -c atz -n '__atz_at check' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at check' -l format -r -f -a 'human concise json jsonl sarif junit github' -d 'How to print the result'
complete -c atz -n '__atz_at check' -l strict -d 'Treat warnings as errors'
complete -c atz -n '__atz_at check' -l jobs -s j -r -f -d 'Check that many files at the same time (default: as many as there are processors)'
complete -c atz -n '__atz_at check' -l stdin-name -r -F -d 'What to call standard input, and where its documents lie'
complete -c atz -n '__atz_at check' -F
complete -c atz -n '__atz_at ' -a plan -d 'Show what a submission would send'
complete -c atz -n '__atz_at plan' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at plan' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at plan' -l bundle -r -F -d 'Write the body of the request to FILE (- for standard output)'
complete -c atz -n '__atz_at plan' -F
complete -c atz -n '__atz_at ' -a submit -d 'Send a home: all members in one request'
complete -c atz -n '__atz_at submit' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at submit' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at submit' -F
complete -c atz -n '__atz_at ' -a status -d 'Ask about open cases and show what was decided'
complete -c atz -n '__atz_at status' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at status' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at status' -l changes -d 'Only what changed since the last status'
complete -c atz -n '__atz_at status' -l offline -d 'Ask nobody'
complete -c atz -n '__atz_at status' -l wait -r -f -a 'decided change' -d 'Ask again and again until then'
complete -c atz -n '__atz_at status' -l timeout -r -f -d 'Give up waiting after 90s, 15m, 2h, 1d'
complete -c atz -n '__atz_at status' -l force -d 'Ask even if the payer wants longer pauses'
complete -c atz -n '__atz_at ' -a due -d 'Show what must happen by when'
complete -c atz -n '__atz_at due' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at due' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at due' -l within -r -f -d 'Look that far ahead, for example 90d (default: 30d)'
complete -c atz -n '__atz_at due' -l ics -r -F -d 'Also write an iCalendar file; - for standard output'
complete -c atz -n '__atz_at ' -a recover -d 'Settle every submission whose outcome is unknown'
complete -c atz -n '__atz_at recover' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at recover' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at recover' -l resend -d 'Send again what the payer does not know'
complete -c atz -n '__atz_at ' -a staffing -d 'Show the week of a home: who works when, and the hours that follow'
complete -c atz -n '__atz_at staffing' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at staffing' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at staffing' -l output -s o -r -F -d 'Draw the week into FILE.pdf, FILE.svg or FILE.png'
complete -c atz -n '__atz_at staffing' -F
complete -c atz -n '__atz_at ' -a sandbox -d 'The payer that is built into atz: serve it, decide its cases, set its clock'
complete -c atz -n '__atz_at sandbox' -a serve -d 'Serve the embedded payer to other programs on this computer'
complete -c atz -n '__atz_at sandbox serve' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at sandbox serve' -l port -r -f -d 'Listen on this port (default: any free one)'
complete -c atz -n '__atz_at sandbox serve' -l fault -r -f -d 'Misbehave: NAME[:SECONDS][*TIMES]; may be repeated'
complete -c atz -n '__atz_at sandbox serve' -l members -r -F -d 'Know only the members in this file'
complete -c atz -n '__atz_at sandbox serve' -l tolerant -d 'Also accept what public test kits send'
complete -c atz -n '__atz_at sandbox serve' -l no-transaction -d 'Do not offer transactions'
complete -c atz -n '__atz_at sandbox serve' -l no-batch -d 'Do not offer batches'
complete -c atz -n '__atz_at sandbox' -a review -d 'Decide cases at the embedded payer, as its reviewers would'
complete -c atz -n '__atz_at sandbox review' -l as-of -r -f -d 'Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)'
complete -c atz -n '__atz_at sandbox review' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at sandbox review' -l auto -d 'Approve as requested'
complete -c atz -n '__atz_at sandbox review' -l hours -r -f -d 'Weekly hours that are granted (with partial)'
complete -c atz -n '__atz_at sandbox review' -l note -r -f -d 'The reviewers\' rationale'
complete -c atz -n '__atz_at sandbox review' -a 'approve partial deny'
complete -c atz -n '__atz_at sandbox' -a clock -d 'The embedded payer\'s clock'
complete -c atz -n '__atz_at sandbox clock' -a show -d 'Show the time at the embedded payer'
complete -c atz -n '__atz_at sandbox clock show' -l format -r -f -a 'human json' -d 'How to print the result'
complete -c atz -n '__atz_at sandbox clock' -a set -d 'Let the clock stand at a day or time'
complete -c atz -n '__atz_at sandbox clock' -a advance -d 'Move the clock on'
complete -c atz -n '__atz_at sandbox' -a reset -d 'Start over with the embedded payer'
complete -c atz -n '__atz_at ' -a schema -d 'Print the JSON Schema of a file format'
complete -c atz -n '__atz_at schema' -a 'home config output'
complete -c atz -n '__atz_at ' -a completion -d 'Print a completion script for a shell'
complete -c atz -n '__atz_at completion' -a 'bash zsh fish'
