#include "casefile/config_fields.hpp"

#include "casefile/rows.hpp"

namespace atz::casefile {
namespace {

using T = FieldType;

// `provider` has the rows of the case file.
constexpr FieldRow kConfigRows[] = {
    row("settings", T::mapping, kOptional, "What differs from one agency or payer to the next."),
    row("settings.member-id-pattern", T::text, kOptional,
        "Regular expression for MaineCare IDs; ^[0-9]{8}A$ unless said otherwise."),
    row("settings.plan-system", T::text, kOptional, "System in which plans are kept; EIS unless said otherwise."),
    row("settings.quantity-means", T::choice, kOptional, "What the units of T2016 count: days unless said otherwise.",
        "days|weekly-hours"),
    row("settings.review-lead-days", T::integer, kOptional, "Days that a review takes; 7 unless said otherwise."),
    row("settings.pa-max-months", T::integer, kOptional, "Longest authorization in months; 12 unless said otherwise."),
    row("settings.hours-tolerance", T::decimal, kOptional,
        "Hours by which a member's request may differ from the staffing pattern; 0.25 unless said otherwise."),
    row("settings.asleep-counts", T::text, kOptional,
        "How much of an asleep overnight counts: none (unless said otherwise), full, or a part such as 0.5."),
    row("settings.attachment", T::mapping, kOptional, "Limits for attached files."),
    row("settings.attachment.max-bytes", T::integer, kOptional, "Largest file; 10000000 unless said otherwise."),
    row("settings.attachment.warn-bytes", T::integer, kOptional,
        "Size above which a file is pointed out; 4000000 unless said otherwise."),
    row("settings.attachment.types", T::list, kOptional, "File name endings that the payer takes."),
    row("settings.attachment.types[]", T::text, kOptional, "An ending without the dot, for example pdf."),
    row("settings.info-reply-days", T::integer, kOptional,
        "Days in which a request for information is to be answered; 7 unless said otherwise."),
    row("settings.extension-deadline", T::choice, kOptional,
        "Whether the window of an extension closes five days before or after the end: before-end unless said "
        "otherwise.",
        "before-end|after-end"),
    row("settings.change-window", T::choice, kOptional,
        "What a change of need outside the window of an extension is: warning unless said otherwise, or strict for an "
        "error.",
        "warning|strict"),
    row("settings.order-credentials", T::list, kOptional,
        "Who may sign the order for a Medical Add-On: MD, DO, PA and PA-C unless said otherwise."),
    row("settings.order-credentials[]", T::text, kOptional, "A credential."),
    row("settings.mao-needs-whole-house", T::boolean, kOptional,
        "Whether a Medical Add-On is sent with all members of the home; no unless said otherwise."),
    row("settings.mao-hours-are", T::choice, kOptional,
        "Whether add-on hours come on top of the regular hours or are a part of them: additional unless said "
        "otherwise.",
        "additional|subset"),
    row("rules", T::mapping, kOptional, "Warnings that are to be errors, or off, by rule."),
    row("rules.*", T::mapping, kOptional, "What becomes of this warning."),
    row("rules.*.level", T::choice, kRequired, "off or error.", "off|error"),
    row("rules.*.reason", T::text, kRequired, "Why."),
    row("profile", T::text, kOptional, "Payer that is used when the command line names none."),
};

constexpr FieldRow kProfileRows[] = {
    row("*", T::mapping, kOptional, "A payer."),
    row("*.base_url", T::text, kOptional, "Address of the FHIR server."),
    row("*.embedded", T::boolean, kOptional, "True for the payer inside atz."),
    row("*.live", T::boolean, kOptional, "True where real people's data go."),
    row("*.pas_version", T::choice, kOptional,
        "Version of the PAS guide that the payer follows; 2.2.1 unless said otherwise.", "2.2.1|2.1.0|2.0.1"),
    row("*.auth", T::mapping, kOptional, "How to sign in."),
    row("*.auth.mode", T::choice, kOptional, "Way to sign in.",
        "none|client-secret-basic|client-secret-post|private-key-jwt|authorization-code|token-command"),
    row("*.auth.client_id", T::text, kOptional, "Name under which the payer knows us."),
    row("*.auth.secret_file", T::text, kOptional, "File with the secret, readable by you alone."),
    row("*.auth.key_file", T::text, kOptional,
        "File with the private key, readable by you alone; atz profile keygen makes one."),
    row("*.auth.key_id", T::text, kOptional,
        "Number under which the payer knows the key; the key's own when left out."),
    row("*.auth.token_url", T::text, kOptional, "Where tokens are given out; found by itself when left out."),
    row("*.auth.authorize_url", T::text, kOptional, "Where a person signs in; found by itself when left out."),
    row("*.auth.redirect_uri", T::text, kOptional, "Address to which the browser is sent back, as registered."),
    row("*.auth.token_command", T::list, kOptional, "Program that prints a token, and its arguments."),
    row("*.auth.token_command[]", T::text, kOptional, "The program, or an argument."),
    row("*.auth.token_body", T::choice, kOptional, "How the sign-in is written: form unless said otherwise.",
        "form|json"),
    row("*.auth.cache_token", T::boolean, kOptional,
        "Whether a token is kept in the state folder, readable by you alone, until it expires."),
    row("*.auth.scope", T::text, kOptional, "Scope to ask for; none is named when it is empty."),
    row("*.tls", T::mapping, kOptional, "Certificates."),
    row("*.tls.ca_file", T::text, kOptional, "Certificate authorities to trust."),
    row("*.tls.client_cert", T::text, kOptional, "Our certificate."),
    row("*.tls.client_key", T::text, kOptional, "Its key."),
    row("*.bundle_mode", T::choice, kOptional, "How the members of a home travel.", "auto|transaction|batch|single"),
    row("*.allow_partial", T::boolean, kOptional, "Whether a home may be half accepted."),
    row("*.replay_safe", T::boolean, kOptional, "Whether the same bytes may be sent again after a lost reply."),
    row("*.limits", T::mapping, kOptional, "Limits of one request."),
    row("*.limits.members", T::integer, kOptional, "Most members."),
    row("*.limits.bytes", T::integer, kOptional, "Most bytes."),
    row("*.limits.seconds", T::integer, kOptional,
        "How long to wait for an answer: 60 seconds unless said otherwise, and for each member in the request a "
        "twelfth more."),
    row("*.min_inquiry_interval", T::text, kOptional, "Least time between two inquiries about a case: 15m, 90s, none."),
    row("*.insurer", T::mapping, kOptional, "The payer as an organization."),
    row("*.insurer.name", T::text, kOptional, "Name."),
    row("*.insurer.payer_id", T::identifier, kOptional, "Identifier."),
    row("*.insurer.system", T::text, kOptional, "System of the identifier."),
    row("*.submitter", T::mapping, kOptional, "We, as the payer knows us."),
    row("*.submitter.trace_org", T::identifier, kOptional, "Originating company identifier, ten characters."),
    row("*.submitter.ein", T::identifier, kOptional, "The agency's EIN, where the payer wants it."),
    row("*.namespaces", T::mapping, kOptional, "Systems of identifiers."),
    row("*.namespaces.member_id", T::text, kOptional, "Of member IDs."),
    row("*.namespaces.provider_location", T::text, kOptional, "Of provider locations."),
    row("*.namespaces.case_id", T::text, kOptional, "Of Case IDs."),
    row("*.namespaces.service_type", T::text, kOptional, "Of service types."),
    row("*.namespaces.request_type", T::text, kOptional, "Of request types."),
    row("*.namespaces.home_batch", T::text, kOptional, "Of batches."),
    row("*.namespaces.submission", T::text, kOptional, "Of submissions."),
    row("*.namespaces.questionnaire", T::text, kOptional, "Of questionnaires."),
    row("*.place_of_service", T::identifier, kOptional, "Place of service code."),
    row("*.service_category", T::identifier, kOptional, "Service category code."),
    row("*.update_style", T::choice, kOptional,
        "How an extension changes the Claim: a line of its own, or the old one.", "add-line|in-place"),
    row("*.update_relationship", T::identifier, kOptional, "Code of the link to the Claim before: prior, or replaces."),
    row("*.answer_by", T::choice, kOptional, "How reviewers' questions are answered.", "auto|attachment|update"),
    row("*.attachment_url", T::text, kOptional, "Where attachments go when not to $submit-attachment."),
    row("*.smi_termination_agreed", T::boolean, kOptional,
        "True when the payer has agreed how a termination request is coded."),
    row("*.termination_place", T::identifier, kOptional, "Place of service code of a service that is to end."),
    row("*.termination_category", T::identifier, kOptional, "Service category code of a service that is to end."),
    row("*.reports", T::boolean, kOptional, "Whether your user there has the Reports right."),
    row("*.location_format", T::choice, kOptional, "How NPI and location are written.", "dash|plain|plus"),
};

}  // namespace

std::span<const FieldRow> config_table() {
  return kConfigRows;
}

const Schema& config_tree() {
  static const Schema tree = [] {
    Schema made;
    made.children.push_back(*home_tree().child("provider"));
    const Schema own{std::span<const FieldRow>(kConfigRows)};
    made.children.insert(made.children.end(), own.children.begin(), own.children.end());
    return made;
  }();
  return tree;
}

const Schema& profiles_tree() {
  static const Schema tree{std::span<const FieldRow>(kProfileRows)};
  return tree;
}

}  // namespace atz::casefile
