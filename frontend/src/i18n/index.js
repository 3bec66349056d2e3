// A placeholder: `make pull_translations` writes this file anew, and the translations beside it.
export default [];
