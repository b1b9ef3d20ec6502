import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Code systems whose codes may not be published: any code of theirs is taken, but only where their system belongs. Their
 * value sets are named by URLs that end with the number of the X12 data element; the guide does not hold them.
 */
final class LicensedCodes implements IValidationSupport {
  private static final String X12_VALUE_SETS = "https://valueset.x12.org/";
  private static final List<String> GUIDES = List.of(X12_VALUE_SETS, "http://hl7.org/fhir/us/");  // whose sets name them
  private static final List<String> SYSTEMS =
      List.of(
          "https://codesystem.x12.org/",
          "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
          "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
          "http://www.ama-assn.org/go/cpt",
          "http://hl7.org/fhir/sid/icd-10-cm",
          "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType",
          "http://loinc.org");

  private final FhirContext context;

  LicensedCodes(FhirContext context) {
    this.context = context;
  }

  @Override
  public FhirContext getFhirContext() {
    return context;
  }

  private static boolean holds(String system) {
    return system != null && SYSTEMS.stream().anyMatch(system::startsWith);
  }

  @Override
  public boolean isCodeSystemSupported(ValidationSupportContext chain, String system) {
    return holds(system);
  }

  @Override
  public boolean isValueSetSupported(ValidationSupportContext chain, String url) {
    return url != null && GUIDES.stream().anyMatch(url::startsWith);
  }

  @Override
  public IBaseResource fetchValueSet(String url) {
    if (url == null || !url.startsWith(X12_VALUE_SETS)) return null;
    ValueSet set = new ValueSet();
    set.setUrl(url).setStatus(PublicationStatus.ACTIVE);
    String element = url.substring(url.lastIndexOf('/') + 1);
    set.getCompose().addInclude().setSystem("https://codesystem.x12.org/005010/" + element);
    return set;
  }

  @Override
  public CodeValidationResult validateCode(
      ValidationSupportContext chain, ConceptValidationOptions options, String system, String code, String display, String url) {
    if (!holds(system)) return null;
    if (url == null || url.isEmpty()) return taken(code, display);
    IBaseResource set = chain.getRootValidationSupport().fetchValueSet(url);
    return set == null ? null : validateCodeInValueSet(chain, options, system, code, display, set);
  }

  @Override
  public CodeValidationResult validateCodeInValueSet(
      ValidationSupportContext chain, ConceptValidationOptions options, String system, String code, String display,
      IBaseResource set) {
    if (system == null || !(set instanceof ValueSet)) return null;
    for (ValueSet.ConceptSetComponent part : ((ValueSet) set).getCompose().getInclude()) {
      if (!system.equals(part.getSystem())) continue;
      // A list of codes can be looked up. A whole system, or a filter over one that is not here, is taken at its word.
      boolean listed = part.getConcept().stream().anyMatch(each -> code.equals(each.getCode()));
      if (part.hasConcept() ? listed : holds(system)) return taken(code, display);
    }
    return null;
  }

  private static CodeValidationResult taken(String code, String display) {
    return new CodeValidationResult().setCode(code).setDisplay(display);
  }
}
