import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDFs to PDF/UA-1; a line for each file, and one for each rule it breaks. */
public class Check {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean good = true;
    for (String file : files) {
      try (InputStream stream = new FileInputStream(file);
          PDFAParser parser =
              Foundries.defaultInstance().createParser(stream, PDFAFlavour.PDFUA_1);
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
        ValidationResult found = validator.validate(parser);
        good &= found.isCompliant();
        System.out.println(
            file + ": " + (found.isCompliant() ? "PDF/UA-1" : "not PDF/UA-1")
                + ", " + found.getTotalAssertions() + " checks");
        for (TestAssertion test : found.getTestAssertions()) {
          if (test.getStatus() == TestAssertion.Status.FAILED) {
            System.out.println(
                "  " + test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber()
                    + ": " + test.getMessage());
          }
        }
      }
    }
    System.exit(good ? 0 : 1);
  }
}
