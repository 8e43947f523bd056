Attribute VB_Name = "SkTexts"
Option Explicit

' Sentences for the clerk. They stand in the cells of this add-in's own sheet (written from texts.toml), because a
' macro's text knows one code page and none holds Vietnamese. MsgBox has the same weakness, so Windows is asked itself.

#If Not Mac Then
    Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, ByVal caption As LongPtr, ByVal style As Long) As Long
#End If

Public Function SkText(key As String) As String
    Dim row As Long
    SkText = key
    With ThisWorkbook.Worksheets(1)
        row = 1
        Do While .Cells(row, 1).Value <> ""
            If .Cells(row, 1).Value = key Then
                SkText = .Cells(row, 2).Value
                Exit Function
            End If
            row = row + 1
        Loop
    End With
End Function

Public Sub SkSay(key As String)
    SkShow SkText(key)
End Sub

Public Sub SkSayWithDetail(key As String, detail As String)
    SkShow SkText(key) & vbLf & vbLf & SkText("detail") & " " & detail
End Sub

Private Sub SkShow(text As String)
    Dim title As String
    title = SkText("title")
    #If Mac Then
        MsgBox text, vbExclamation, title
    #Else
        MessageBoxW Application.Hwnd, StrPtr(text), StrPtr(title), vbExclamation
    #End If
End Sub
