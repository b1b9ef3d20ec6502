import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CachingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * Validates FHIR R4 JSON files with HL7's own validator, against the profiles that they claim in meta.profile.
 *
 * <p>usage: java -cp CLASSPATH Validate PACKAGES FILE... where PACKAGES is a folder with FHIR packages (*.tgz). Prints a
 * JSON line for each error and warning, and ends with 0 also when there are some: check.py judges them.
 */
public final class Validate {
  private static final FhirContext CONTEXT = FhirContext.forR4();
  private static final String ANY = "http://hl7.org/fhir/StructureDefinition/Resource";

  private Validate() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: Validate PACKAGES FILE...");
      System.exit(2);
    }
    List<String> files = Arrays.asList(arguments).subList(1, arguments.length);
    FhirValidator validator = validator(Path.of(arguments[0]));
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    files.parallelStream()
        .map(file -> issues(validator, gson, file))
        .forEachOrdered(lines -> lines.forEach(System.out::println));
  }

  private static FhirValidator validator(Path packages) throws IOException {
    PrePopulatedValidationSupport published = new PrePopulatedValidationSupport(CONTEXT);
    try (Stream<Path> entries = Files.list(packages)) {
      for (Path file : entries.filter(path -> path.toString().endsWith(".tgz")).sorted().toList()) add(published, file);
    }
    DefaultProfileValidationSupport base = new DefaultProfileValidationSupport(CONTEXT);
    base.fetchAllStructureDefinitions().forEach(each -> openReferences((StructureDefinition) each));
    UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(CONTEXT);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    ValidationSupportChain chain =
        new ValidationSupportChain(
            new LicensedCodes(CONTEXT),
            published,
            base,
            new CommonCodeSystemsTerminologyService(CONTEXT),
            new InMemoryTerminologyServerValidationSupport(CONTEXT),
            new SnapshotGeneratingValidationSupport(CONTEXT),
            unknown);
    return CONTEXT.newValidator().registerValidatorModule(new FhirInstanceValidator(new CachingValidationSupport(chain)));
  }

  private static void add(PrePopulatedValidationSupport support, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      NpmPackage content = NpmPackage.fromPackage(in);
      for (String name : content.listResources("StructureDefinition", "ValueSet", "CodeSystem")) {
        try (InputStream resource = content.loadResource(name)) {
          IBaseResource definition = CONTEXT.newJsonParser().parseResource(resource);
          if (definition instanceof StructureDefinition structure) openReferences(structure);
          support.addResource(definition);
        }
      }
    }
  }

  /** This engine takes Reference(Resource), a reference to anything, for one to a resource of the type "Resource". */
  private static void openReferences(StructureDefinition structure) {
    structure.getSnapshot().getElement().forEach(Validate::openReferences);
    structure.getDifferential().getElement().forEach(Validate::openReferences);
  }

  private static void openReferences(ElementDefinition element) {
    for (ElementDefinition.TypeRefComponent type : element.getType()) {
      if (type.getTargetProfile().stream().anyMatch(target -> ANY.equals(target.getValue().split("\\|")[0]))) type.setTargetProfile(null);
    }
  }

  private static List<String> issues(FhirValidator validator, Gson gson, String file) {
    List<String> lines = new ArrayList<>();
    try {
      String text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
      for (SingleValidationMessage message : validator.validateWithResult(text).getMessages()) {
        if (message.getSeverity().compareTo(ResultSeverityEnum.WARNING) < 0) continue;
        String severity = message.getSeverity().getCode();
        lines.add(gson.toJson(line(file, severity, message.getLocationString(), message.getMessageId(), message.getMessage())));
      }
    } catch (IOException | RuntimeException fault) {
      lines.add(gson.toJson(line(file, "fatal", "", "", "unreadable: " + fault)));
    }
    return lines;
  }

  private static Map<String, String> line(String file, String severity, String where, String id, String message) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("file", file);
    line.put("severity", severity);
    line.put("where", where);
    line.put("id", id);
    line.put("message", message);
    return line;
  }
}
