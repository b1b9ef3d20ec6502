# bash completion for atz, printed by `atz completion bash`
_atz() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local path='' word candidate words='' options='' files=0 i
  local known=( 'new' 'new home' 'new extension' 'new add-on' 'new smi-termination' 'check' 'explain' 'plan' 'submit' 'status' 'receive' 'respond' 'cancel' 'show' 'due' 'member' 'member find' 'report' 'report daily' 'report import' 'recover' 'staffing' 'questionnaire' 'questionnaire list' 'questionnaire show' 'questionnaire fill' 'codes' 'codes find' 'codes import' 'profile' 'profile list' 'profile show' 'profile add' 'profile test' 'profile keygen' 'doctor' 'ledger' 'ledger verify' 'ledger export' 'ledger backup' 'ledger restore' 'ledger rekey' 'log' 'sandbox' 'sandbox serve' 'sandbox review' 'sandbox ask' 'sandbox letters' 'sandbox notify' 'sandbox script' 'sandbox clock' 'sandbox clock show' 'sandbox clock set' 'sandbox clock advance' 'sandbox reset' 'schema' 'completion' )
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${path:+$path }${COMP_WORDS[i]}
    for candidate in "${known[@]}"; do
      [[ $candidate == "$word" ]] && path=$word
    done
  done
  COMPREPLY=()
  case "$prev" in
        --profile) return ;;
        --config) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
  esac
  case "$path" in
    '')
      words='new check explain plan submit status receive respond cancel show due member report recover staffing questionnaire codes profile doctor ledger log sandbox schema completion' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'new')
      words='home extension add-on smi-termination' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'new home')
      words='' options='--output --demo --id --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --id) return ;;
        --as-of) return ;;
      esac
      ;;
    'new extension')
      words='' options='--from --output --demo --id --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --from) return ;;
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --id) return ;;
        --as-of) return ;;
      esac
      ;;
    'new add-on')
      words='' options='--from --output --demo --id --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --from) return ;;
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --id) return ;;
        --as-of) return ;;
      esac
      ;;
    'new smi-termination')
      words='' options='--output --demo --id --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --id) return ;;
        --as-of) return ;;
      esac
      ;;
    'check')
      words='' options='--as-of --format --fix --diff --strict --jobs --stdin-name --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human concise json jsonl sarif junit github' -- "$cur")); return ;;
        --jobs|-j) return ;;
        --stdin-name) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'explain')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json markdown' -- "$cur")); return ;;
      esac
      ;;
    'plan')
      words='' options='--as-of --format --bundle --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --bundle) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'submit')
      words='' options='--as-of --format --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'status')
      words='' options='--as-of --format --changes --offline --all --wait --timeout --force --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --wait) COMPREPLY=($(compgen -W 'decided change' -- "$cur")); return ;;
        --timeout) return ;;
      esac
      ;;
    'receive')
      words='' options='--as-of --format --keep --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'respond')
      words='' options='--as-of --format --attach --type --answer --note --question --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --attach) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --type) return ;;
        --answer) return ;;
        --note) return ;;
        --question) return ;;
      esac
      ;;
    'cancel')
      words='' options='--as-of --format --reason --approved --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --reason) return ;;
      esac
      ;;
    'show')
      words='' options='--output --format --show-phi --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --as-of) return ;;
      esac
      ;;
    'due')
      words='' options='--as-of --format --within --ics --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --within) return ;;
        --ics) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'member')
      words='find' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'member find')
      words='' options='--id --last --born --format --show-phi --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --id) return ;;
        --last) return ;;
        --born) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --as-of) return ;;
      esac
      ;;
    'report')
      words='daily import' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'report daily')
      words='' options='--date --format --output --payer --show-phi --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --date) return ;;
        --format) COMPREPLY=($(compgen -W 'table csv json html' -- "$cur")); return ;;
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --as-of) return ;;
      esac
      ;;
    'report import')
      words='' options='--format --as-of --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --as-of) return ;;
      esac
      ;;
    'recover')
      words='' options='--as-of --format --resend --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'staffing')
      words='' options='--as-of --format --output --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'questionnaire')
      words='list show fill' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'questionnaire list')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'table json' -- "$cur")); return ;;
      esac
      ;;
    'questionnaire show')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
      esac
      ;;
    'questionnaire fill')
      words='' options='--member --questionnaire --set --answers --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --member) return ;;
        --questionnaire) return ;;
        --set) return ;;
        --answers) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'codes')
      words='find import' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'codes find')
      words='' options='--format --kind --limit --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --kind) COMPREPLY=($(compgen -W 'procedure diagnosis' -- "$cur")); return ;;
        --limit|-n) return ;;
      esac
      ;;
    'codes import')
      words='' options='--format --year --shared --partial --profile --config --color --quiet --verbose --help --version' files=1
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --year) return ;;
      esac
      ;;
    'profile')
      words='list show add test keygen' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'profile list')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'profile show')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'profile add')
      words='' options='--base-url --like --live --set --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --base-url) return ;;
        --like) return ;;
        --set) return ;;
      esac
      ;;
    'profile test')
      words='' options='--format --as-of --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --as-of) return ;;
      esac
      ;;
    'profile keygen')
      words='' options='--output --alg --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --alg) COMPREPLY=($(compgen -W 'ES384 RS384' -- "$cur")); return ;;
      esac
      ;;
    'doctor')
      words='' options='--format --offline --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'ledger')
      words='verify export backup restore rekey' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'ledger verify')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'ledger export')
      words='' options='--output --show-phi --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'ledger backup')
      words='' options='--profile --config --color --quiet --verbose --help --version' files=1
      ;;
    'ledger restore')
      words='' options='--replace --profile --config --color --quiet --verbose --help --version' files=1
      ;;
    'ledger rekey')
      words='' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'log')
      words='' options='--since --verify --head --format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --since) return ;;
        --head) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'sandbox')
      words='serve review ask letters notify script clock reset' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'sandbox serve')
      words='' options='--as-of --port --host --client --patience --fault --members --tolerant --script --pas-version --notify --jwks --no-sign-in --no-reports --no-transaction --no-batch --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --port) return ;;
        --host) return ;;
        --client) return ;;
        --patience) return ;;
        --fault) return ;;
        --members) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --script) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --pas-version) COMPREPLY=($(compgen -W '2.2.1 2.1.0 2.0.1' -- "$cur")); return ;;
        --notify) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
        --jwks) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac
      ;;
    'sandbox review')
      words='approve partial deny void agrees disagrees unanswered' options='--as-of --format --auto --hours --line --note --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --hours) return ;;
        --line) return ;;
        --note) return ;;
      esac
      ;;
    'sandbox ask')
      words='' options='--as-of --format --text --due --kind --line --by-update --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
        --text) return ;;
        --due) return ;;
        --kind) return ;;
        --line) return ;;
      esac
      ;;
    'sandbox letters')
      words='' options='--as-of --format --show-phi --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --as-of) return ;;
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'sandbox notify')
      words='' options='--off --profile --config --color --quiet --verbose --help --version' files=1
      ;;
    'sandbox script')
      words='' options='--clear --profile --config --color --quiet --verbose --help --version' files=1
      ;;
    'sandbox clock')
      words='show set advance' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'sandbox clock show')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'sandbox clock set')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'sandbox clock advance')
      words='' options='--format --profile --config --color --quiet --verbose --help --version' files=0
      case "$prev" in
        --format) COMPREPLY=($(compgen -W 'human json' -- "$cur")); return ;;
      esac
      ;;
    'sandbox reset')
      words='' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'schema')
      words='home config output' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
    'completion')
      words='bash zsh fish' options='--profile --config --color --quiet --verbose --help --version' files=0
      ;;
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    if ((files)); then
      compopt -o filenames
      COMPREPLY+=($(compgen -f -- "$cur"))
    fi
  fi
}
complete -F _atz atz
