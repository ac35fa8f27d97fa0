package io.kustomersync.api;

import io.kustomersync.api.KustomerException.Forbidden;
import io.kustomersync.api.KustomerException.Incomplete;
import io.kustomersync.api.KustomerException.RateLimited;
import io.kustomersync.api.KustomerException.Refused;
import io.kustomersync.api.KustomerException.Unauthorized;
import io.kustomersync.api.KustomerException.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a page from an error, and one error from another (kustomer-api.md §1, §7). Messages name
 * the path of the request and the server's words, bounded; never the token, never a record.
 * Stateless; thread-safe.
 */
public final class ResponseClassifier {

  private static final String NEW_KEY =
      "Make a new key in Kustomer: Settings > Security > API Keys.";

  private static final Pattern POD = Pattern.compile("\\bprod\\d{1,3}\\b");

  /** kustomer-api.md §1.1. */
  private static final Map<String, String> URL_OF_POD =
      Map.of(
          "prod1", "https://api.kustomerapp.com",
          "prod2", "https://api.prod2.kustomerapp.com",
          "prod4", "https://api.prod4.kustomerapp.com");

  private final PageParser parser = new PageParser();

  /**
   * @return the page of a good answer
   * @throws KustomerException of the kind that the status and the body stand for
   */
  public Page page(ApiRequest request, Answer answer) {
    if (answer.status() == 200) {
      return parse(request, answer);
    }
    throw error(request, answer);
  }

  private Page parse(ApiRequest request, Answer answer) {
    try {
      Page page = parser.parse(answer.body());
      Completeness.require(request, page);
      return page;
    } catch (Incomplete e) {
      throw new Incomplete(place(request) + ": " + e.getMessage());
    } catch (Refused e) {
      throw new Refused(e.status(), place(request) + ": " + e.getMessage());
    }
  }

  private static KustomerException error(ApiRequest request, Answer answer) {
    int status = answer.status();
    String fact = place(request) + " answered " + status + said(answer);
    if (status == 429) {
      return new RateLimited(fact);
    }
    if (status == 408 || status < 200 || status >= 500) {
      return new Unavailable(fact, null);
    }
    if (status < 300) {
      return new Incomplete(fact + ", not 200");
    }
    if (status < 400) {
      return new Refused(
          status,
          fact
              + ". Redirects are refused: the token never leaves its host. Set kustomer.url to the"
              + " address of your Kustomer API.");
    }
    List<String> pods = pods(answer);
    if (pods.size() > 1) {
      return new Unauthorized(fact + ". " + otherRegion(pods));
    }
    return switch (status) {
      case 401 -> new Unauthorized(fact + ". " + badToken(answer) + " " + NEW_KEY);
      case 403 -> new Forbidden(fact + ". " + missingRole(request));
      default -> new Refused(status, fact);
    };
  }

  private static String place(ApiRequest request) {
    return request.method() + " " + ServerWords.tame(request.path());
  }

  private static String said(Answer answer) {
    String words = ServerWords.of(answer);
    return words.isEmpty() ? "" : " (" + words + ")";
  }

  private static String badToken(Answer answer) {
    return ServerWords.text(answer).toLowerCase(Locale.ROOT).contains("expired token")
        ? "The token has expired."
        : "The token is missing or not valid.";
  }

  private static String missingRole(ApiRequest request) {
    List<String> roles = Roles.anyOf(request);
    List<String> ofRecords = Roles.alsoAnyOf(request);
    String needed =
        roles.isEmpty()
            ? "The key lacks the role for this path."
            : "The key needs one of these roles: "
                + String.join(", ", roles)
                + (ofRecords.isEmpty()
                    ? "."
                    : "; and perhaps, for the records, one of: "
                        + String.join(", ", ofRecords)
                        + ".");
    return needed
        + " Roles are fixed when a key is made, and a key may be bound to addresses. "
        + NEW_KEY;
  }

  /**
   * The pods in a text of the form "Auth token associated with pod X but request is being handled
   * by Y" (kustomer-api.md §1.1), the token's own first; empty when it is about something else.
   */
  private static List<String> pods(Answer answer) {
    String text = ServerWords.text(answer).toLowerCase(Locale.ROOT);
    if (!text.contains("pod ") && !text.contains("pod:")) {
      return List.of();
    }
    Set<String> found = new LinkedHashSet<>();
    for (Matcher pod = POD.matcher(text); pod.find(); ) {
      found.add(pod.group());
    }
    List<String> pods = new ArrayList<>(found);
    // The answering pod names itself in a header, whatever the order in the sentence.
    answer.header("x-kustomer-pod").ifPresent(own -> moveToEnd(pods, own));
    return pods;
  }

  private static void moveToEnd(List<String> pods, String pod) {
    if (pods.remove(pod)) {
      pods.add(pod);
    }
  }

  private static String otherRegion(List<String> pods) {
    String own = pods.get(0);
    String org = "https://<your company>.api.kustomerapp.com";
    String url = URL_OF_POD.containsKey(own) ? URL_OF_POD.get(own) + " or " + org : org;
    return "The token belongs to the region " + own + ". Set kustomer.url to " + url + ".";
  }
}
