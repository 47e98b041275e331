# Completion of khabar's commands, options and values for bash: source it, or put it into
# ~/.local/share/bash-completion/completions/khabar

_khabar_completion() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            dir,*) compopt -o dirnames 2>/dev/null ;;
            file,*) compopt -o default 2>/dev/null ;;
            plain,*) COMPREPLY+=("${line#plain,}") ;;
        esac
    done < <(
        _KHABAR_COMPLETE=bash_complete \
            COMP_BEFORE=$(printf '%s\n' "${COMP_WORDS[@]:0:COMP_CWORD}") \
            COMP_CURRENT=${COMP_WORDS[COMP_CWORD]} COMP_TEXT=$2 \
            "${1/#\~\//$HOME/}" 2>/dev/null
    )
}

# before 4.4 bash sorts what is offered
complete -o nosort -F _khabar_completion khabar 2>/dev/null || complete -F _khabar_completion khabar
